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
/** A law as it was told. Throws ArgumentError. */
export declare function lawOf(law: string, check: () => unknown, options?: LawOptions): Law;
/** @internal What a law or a mark looks at. Throws ArgumentError. */
export declare function readsOf(options: LawOptions): Pick<Law, 'reads' | 'isPerConnection'>;
/** @internal Throws ArgumentError unless `hosts` is a list of hosts. */
export declare function checkHosts(name: string, hosts: readonly Host[]): void;
