/** Properties set for a while. Each is put back exactly as it was found, the last one first. */
export declare class Patches {
  private readonly undone;
  /** Gives `object[key]` another value. What an accessor or a read-only property hid is restored by `undo`. */
  set(object: object, key: PropertyKey, value: unknown): void;
  /**
   * Gives `object[key]` a value that works without an installation, too, and is of this one alone. What somebody has put in
   * its place is left alone; he may put it back at any time later, and the next installation then leaves `genuine`.
   */
  lend(object: object, key: PropertyKey, value: object, genuine: unknown): void;
  /** Replaces a method by what `wrap` makes of it. */
  wrap<Method extends (...args: never[]) => unknown>(
    object: object,
    key: PropertyKey,
    wrap: (genuine: Method) => (this: never, ...args: Parameters<Method>) => unknown,
  ): void;
  /** Has `action` done when everything is put back. */
  onUndo(action: () => void): void;
  undo(): void;
}
