import type { Host } from './host.ts';

/** Something that must hold, and the hosts it reads; null is all of them. */
export interface Law {
  readonly law: string;
  readonly check: () => unknown;
  readonly reads: readonly Host[] | null;
  /** Whether it is several laws in one, each about one connection and what was made for it. */
  readonly isPerConnection: boolean;
}

export interface LawOptions {
  /** The hosts whose programs it looks at. Default: all. What happens on two of them does not commute for a search. */
  readonly reads?: readonly Host[];
  /**
   * Whether it is several laws in one, each of which looks at one connection (and those made for it) and at whether a
   * fault has struck. Default false.
   */
  readonly isPerConnection?: boolean;
}
