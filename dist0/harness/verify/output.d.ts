/** Sends what is printed in this thread to `send`, up to a limit; a busy thread would otherwise hold all of it. */
export declare function sendOutput(send: (text: string) => void): void;
