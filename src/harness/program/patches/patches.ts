/** Every value that was ever lent: one of them may be found again later. */
const lent = new WeakSet<object>();

type AnyFunction = (...args: never[]) => unknown;

/** A property that installations replace. */
interface Place {
  readonly object: object;
  readonly key: PropertyKey;
  /** What was found there, before anything was installed. */
  found: PropertyDescriptor | undefined;
  /** Every value that was put there: a spy made in a body finds one, and may put it back at any time later. */
  readonly given: WeakSet<object>;
  /** Calls what is installed at the moment, or what was found. The same for all installations, so that copies of it live on. */
  readonly lent: AnyFunction;
  current: AnyFunction | null;
}

const placesOf = new WeakMap<object, Map<PropertyKey, Place>>();
const places = new Set<Place>();

/** Properties set for a while. Each is put back exactly as it was found, the last one first. */
export class Patches {
  private readonly undone: (() => void)[] = [];

  constructor() {
    // What spies have put back since.
    for (const place of places) if (isGiven(place)) restore(place, place.found);
  }

  /**
   * Gives `object[key]` another value. What an accessor or a read-only property hid is restored by `undo`. A function that takes a
   * function's place is as the one found when it is called later, where nothing is installed.
   */
  set(object: object, key: PropertyKey, value: unknown): void {
    const found = Object.getOwnPropertyDescriptor(object, key);
    if (found !== undefined && (found.configurable === false || found.set !== undefined)) {
      // Not ours to define anew, or a setter that passes the value on: assign.
      const before = Reflect.get(object, key);
      Reflect.set(object, key, value);
      this.undone.push(() => Reflect.set(object, key, before));
      return;
    }
    if (typeof value === 'function' && typeof Reflect.get(object, key) === 'function')
      this.replace(object, key, value as AnyFunction, found);
    else this.define(object, key, value, found);
  }

  /** Gives `object[key]` another value that nobody else ever takes for his own. */
  put(object: object, key: PropertyKey, value: unknown): void {
    this.define(object, key, value, Object.getOwnPropertyDescriptor(object, key));
  }

  /** Gives `object[key]` another class. */
  setClass(object: object, key: PropertyKey, value: object): void {
    const found = Object.getOwnPropertyDescriptor(object, key);
    const place = placeOf(object, key, found);
    place.given.add(value);
    this.define(object, key, value, found);
  }

  private replace(
    object: object,
    key: PropertyKey,
    value: AnyFunction,
    found: PropertyDescriptor | undefined,
  ): void {
    const place = placeOf(object, key, found);
    const { current, lent } = place;
    // A second time in one installation: above the first.
    if (current !== null) {
      place.given.add(value);
      this.define(object, key, value, found);
      return;
    }
    place.found = found;
    place.current = value;
    for (const symbol of Object.getOwnPropertySymbols(value))
      Object.defineProperty(lent, symbol, Object.getOwnPropertyDescriptor(value, symbol)!);
    this.undone.push(() => {
      place.current = null;
    });
    this.define(object, key, lent, found);
  }

  private define(
    object: object,
    key: PropertyKey,
    value: unknown,
    found: PropertyDescriptor | undefined,
  ): void {
    const { enumerable = true } = found ?? {};
    Object.defineProperty(object, key, { value, writable: true, configurable: true, enumerable });
    this.undone.push(() => restore({ object, key }, found));
  }

  /**
   * Gives `object[key]` a value that works without an installation, too, and is of this one alone. What somebody has put in
   * its place is left alone; he may put it back at any time later, and the next installation then leaves `genuine`.
   */
  lend(object: object, key: PropertyKey, value: object, genuine: unknown): void {
    const found = Object.getOwnPropertyDescriptor(object, key)!;
    const define = (descriptor: PropertyDescriptor): void => {
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
  wrap<Method extends (...args: never[]) => unknown>(
    object: object,
    key: PropertyKey,
    wrap: (genuine: Method) => (this: never, ...args: Parameters<Method>) => unknown,
  ): void {
    this.set(object, key, wrap((object as Record<PropertyKey, Method>)[key]));
  }

  /** Has `action` done when everything is put back. */
  onUndo(action: () => void): void {
    this.undone.push(action);
  }

  undo(): void {
    for (let action = this.undone.pop(); action !== undefined; action = this.undone.pop()) action();
  }
}

function restore(
  { object, key }: Pick<Place, 'object' | 'key'>,
  found: PropertyDescriptor | undefined,
): void {
  if (found === undefined) Reflect.deleteProperty(object, key);
  else Object.defineProperty(object, key, found);
}

function isGiven({ object, key, given }: Place): boolean {
  const value: unknown = Object.getOwnPropertyDescriptor(object, key)?.value;
  return typeof value === 'function' && given.has(value);
}

function placeOf(object: object, key: PropertyKey, found: PropertyDescriptor | undefined): Place {
  const ofObject = placesOf.get(object) ?? new Map<PropertyKey, Place>();
  placesOf.set(object, ofObject);
  let place = ofObject.get(key);
  if (place === undefined) {
    place = makePlace(object, key, found);
    ofObject.set(key, place);
    places.add(place);
  }
  return place;
}

function makePlace(object: object, key: PropertyKey, found: PropertyDescriptor | undefined): Place {
  const lent = function (this: unknown, ...args: unknown[]): unknown {
    return Reflect.apply(place.current ?? genuineOf(place), this, args);
  };
  const { name, length } = Reflect.get(object, key) as AnyFunction;
  Object.defineProperties(lent, { name: { value: name }, length: { value: length } });
  const place: Place = { object, key, found, given: new WeakSet([lent]), lent, current: null };
  return place;
}

/** What was found, or, where it is inherited, what would be found. */
function genuineOf({ object, key, found }: Place): AnyFunction {
  return found === undefined ? Reflect.get(Object.getPrototypeOf(object), key) : found.value;
}
