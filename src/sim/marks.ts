// What `sometimes` has been asked in one run, and whether it held.
import { checkText } from '../core/arguments.ts';
import type { Host } from './host.ts';
import { type Law, type LawOptions, lawOf, readsOf } from './law.ts';

interface Mark {
  readonly reads: readonly Host[] | null;
  readonly isPerConnection: boolean;
  held: boolean;
}

/** Interesting states by name. Made when the first is asked for: most scenarios have none. */
export class Marks {
  private readonly marks = new Map<string, Mark>();

  note(name: string, held: boolean, options: LawOptions): void {
    checkText('name', name);
    const known = this.marks.get(name);
    if (known === undefined) {
      this.marks.set(name, { ...readsOf(options), held });
    } else if (held) known.held = true;
  }

  /** A law that never breaks, and asks `condition` after every step until it held. */
  lawOf(name: string, condition: () => unknown, options: LawOptions): Law {
    this.note(name, false, options);
    const mark = this.marks.get(name)!;
    const check = (): unknown => {
      if (mark.held) return true;
      const held = condition();
      mark.held = held === true;
      return held === false ? true : held;
    };
    return lawOf(name, check, options);
  }

  /** The names, and whether each held in this run. */
  *entries(): IterableIterator<readonly [string, boolean]> {
    for (const [name, { held }] of this.marks) yield [name, held];
  }

  /**
   * Whether one may look at several hosts at once: then orders among these show, which a search that takes them one after the
   * other leaves out.
   */
  joins(separated: ReadonlySet<string> | null): boolean {
    for (const { reads, isPerConnection } of this.marks.values()) {
      if (isPerConnection) continue;
      if (reads === null || reads.length !== 1 || separated?.has(reads[0].name) !== true) return true;
    }
    return false;
  }
}
