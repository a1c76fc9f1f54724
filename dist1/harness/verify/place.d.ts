/** The first place in a call stack that is neither Node's nor foulweather's: `/home/me/echo.ts:12:5`. */
export declare function placeInProgram(stack: string | undefined): string;
/** `    at Client.handleRead (file:///a/b.ts:1:2)` as `/a/b.ts:1:2`. */
export declare function placeOfFrame(frame: string): string;
/** This package's own code, as it is compiled and as it is written. */
export declare const OWN: RegExp;
