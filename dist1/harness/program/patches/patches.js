/** Every value that was ever lent: one of them may be found again later. */
const lent = new WeakSet();
/** Properties set for a while. Each is put back exactly as it was found, the last one first. */
export class Patches {
  constructor() {
    this.undone = [];
  }
  /** Gives `object[key]` another value. What an accessor or a read-only property hid is restored by `undo`. */
  set(object, key, value) {
    const found = Object.getOwnPropertyDescriptor(object, key);
    if (found !== undefined && (found.configurable === false || found.set !== undefined)) {
      // Not ours to define anew, or a setter that passes the value on: assign.
      const before = Reflect.get(object, key);
      Reflect.set(object, key, value);
      this.undone.push(() => Reflect.set(object, key, before));
      return;
    }
    Object.defineProperty(object, key, {
      value,
      writable: true,
      configurable: true,
      enumerable: found?.enumerable ?? true,
    });
    this.undone.push(() => {
      if (found === undefined) Reflect.deleteProperty(object, key);
      else Object.defineProperty(object, key, found);
    });
  }
  /**
   * Gives `object[key]` a value that works without an installation, too, and is of this one alone. What somebody has put in
   * its place is left alone; he may put it back at any time later, and the next installation then leaves `genuine`.
   */
  lend(object, key, value, genuine) {
    const found = Object.getOwnPropertyDescriptor(object, key);
    const define = (descriptor) => {
      Object.defineProperty(object, key, descriptor);
    };
    lent.add(value);
    define({ ...found, value, writable: true, configurable: true });
    this.undone.push(() => {
      const current = Reflect.get(object, key);
      if (current === value && !lent.has(found.value)) define(found);
      else if (lent.has(current)) define({ ...found, value: genuine });
    });
  }
  /** Replaces a method by what `wrap` makes of it. */
  wrap(object, key, wrap) {
    this.set(object, key, wrap(object[key]));
  }
  /** Has `action` done when everything is put back. */
  onUndo(action) {
    this.undone.push(action);
  }
  undo() {
    for (let action = this.undone.pop(); action !== undefined; action = this.undone.pop()) action();
  }
}
