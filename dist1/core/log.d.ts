/** Where a reactor's channels log. `type` is asyncore's: `info`, `warning`, `error`, or the program's own. */
export type Log = (message: string, type: string) => void;
export declare const silent: Log;
