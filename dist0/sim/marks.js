// What `sometimes` has been asked in one run, and whether it held.
import { checkText } from '../core/arguments.js';
import { lawOf, readsOf } from './law.js';
/** Interesting states by name. Made when the first is asked for: most scenarios have none. */
export class Marks {
  constructor() {
    this.marks = new Map();
  }
  note(name, held, options) {
    checkText('name', name);
    const known = this.marks.get(name);
    if (known === undefined) {
      this.marks.set(name, { ...readsOf(options), held });
    } else if (held) known.held = true;
  }
  /** A law that never breaks, and asks `condition` after every step until it held. */
  lawOf(name, condition, options) {
    this.note(name, false, options);
    const mark = this.marks.get(name);
    const check = () => {
      if (!mark.held) mark.held = condition() === true;
    };
    return lawOf(name, check, options);
  }
  /** The names, and whether each held in this run. */
  *entries() {
    for (const [name, { held }] of this.marks) yield [name, held];
  }
  /**
   * Whether one may look at several hosts at once: then orders among these show, which a search that takes them one after the
   * other leaves out.
   */
  joins(separated) {
    for (const { reads, isPerConnection } of this.marks.values()) {
      if (isPerConnection) continue;
      if (reads === null || reads.length !== 1 || separated?.has(reads[0].name) !== true) return true;
    }
    return false;
  }
}
