/** How a lookup can fail: the name is unknown, or nobody could say at the moment (Node's codes for EAI_NONAME, EAI_AGAIN). */
export type NameError = 'ENOTFOUND' | 'EAI_AGAIN';
/** Names with addresses of their own choosing, and names that cannot be resolved. */
export declare class Names {
  private readonly entries;
  private readonly failures;
  private readonly onChange;
  constructor(onChange: () => void);
  /** Gives `name` these addresses, in the order in which they are to be tried. None: the name is unknown. Replaces what it meant. */
  set(name: string, addresses: readonly string[]): this;
  /** Forgets what was said of `name`: a host of that name is found again. */
  delete(name: string): this;
  /** Lets the next `count` lookups of `name` fail. Default: every one, until `delete`. */
  failNext(name: string, code: NameError, count?: number): this;
  /** @internal One lookup: addresses, why there are none, or null if nothing was said of this name. */
  lookup(name: string): readonly string[] | NameError | null;
  /** @internal Its state as text, for merging equal states. */
  stateText(): string;
}
