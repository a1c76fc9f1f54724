import { type Law, type LawOptions } from './law.ts';
/** Interesting states by name. Made when the first is asked for: most scenarios have none. */
export declare class Marks {
  private readonly marks;
  note(name: string, held: boolean, options: LawOptions): void;
  /** A law that never breaks, and asks `condition` after every step until it held. */
  lawOf(name: string, condition: () => unknown, options: LawOptions): Law;
  /** The names, and whether each held in this run. */
  entries(): IterableIterator<readonly [string, boolean]>;
  /**
   * Whether one may look at several hosts at once: then orders among these show, which a search that takes them one after the
   * other leaves out.
   */
  joins(separated: ReadonlySet<string> | null): boolean;
}
