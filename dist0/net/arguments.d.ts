type Callback = (...values: unknown[]) => void;
/** Options and the trailing callback, as every form of connect and listen comes down to. */
export type NormalizedArguments = [options: Record<string, unknown>, callback: Callback | null];
/** `(port, host?, callback?)`, `(path, callback?)` or `(options, callback?)` to `[options, callback]`. */
export declare function normalizeArguments(args: readonly unknown[]): NormalizedArguments;
/** A string that is no number names a Unix-domain path. */
export declare function isPathName(value: unknown): value is string;
/** The value as a number from 0 up, else false. */
export declare function toPositiveNumber(value: unknown): number | false;
export declare function checkPort(value: unknown, name?: string): number;
export declare function checkFunction(value: unknown, name: string): void;
export declare function checkString(value: unknown, name: string): void;
export declare function checkNumber(value: unknown, name: string): number;
export declare function checkBoolean(value: unknown, name: string): boolean;
/** A 32-bit integer from `minimum` up. */
export declare function checkInt32(value: unknown, name: string, minimum: number): number;
/** Milliseconds for a time-out, as `socket.setTimeout` takes them: longer than 2^31-1 becomes that, with a warning. */
export declare function checkTimerDuration(value: unknown, name: string): number;
export declare function checkAbortSignal(value: unknown, name: string): asserts value is AbortSignal;
