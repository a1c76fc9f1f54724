/** Prints a value briefly, for a message. */
export declare function show(value: unknown): string;
/** `value` is an integer from `minimum` to `maximum`, both included. */
export declare function checkInteger(
  name: string,
  value: unknown,
  minimum: number,
  maximum?: number,
  part?: string,
): number;
/** `value` is a finite number of milliseconds, 0 or more. */
export declare function checkDuration(name: string, value: unknown): number;
/** `value` is a TCP port; 0 asks for a free one. */
export declare function checkPort(name: string, value: unknown, part?: string): number;
/** `value` is a non-empty string without a NUL. `part` is what of the argument `name` it is, as `.host`. */
export declare function checkText(name: string, value: unknown, part?: string): string;
/** `value` is bytes: a Uint8Array, so also a Buffer. */
export declare function checkBytes(name: string, value: unknown): Uint8Array;
/** `value` is an object with options. */
export declare function checkOptions(name: string, value: unknown): void;
/** `value` can be gone through more than once, element by element; text cannot. */
export declare function checkList(name: string, value: unknown): void;
/** `value` is a whole number of milliseconds, 0 or more. */
export declare function checkWholeMs(name: string, value: unknown): number;
/** `value` is a seed: any whole number. */
export declare function checkSeed(value: unknown): number;
/** `value` is true or false. */
export declare function checkBoolean(name: string, value: unknown): boolean;
/** `value` is a function. */
export declare function checkFunction(name: string, value: unknown): void;
