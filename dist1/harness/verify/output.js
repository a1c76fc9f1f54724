/** So much of what a thread's scenarios print is shown: they run thousands of times. */
const SHOWN_MAX = 32 * 1024;
/** Taken before a scenario's use of it is watched. */
const later = queueMicrotask;
/** Sends what is printed in this thread to `send`, up to a limit; a busy thread would otherwise hold all of it. */
export function sendOutput(send) {
  let left = SHOWN_MAX;
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (chunk, ...rest) => {
      if (left > 0) {
        const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
        send(text.slice(0, left));
        left -= text.length;
        if (left <= 0)
          send(`\n… more was printed in this thread, and is not shown; --replay shows what one run prints\n`);
      }
      const callback = rest.findLast((argument) => typeof argument === 'function');
      if (callback !== undefined) later(callback);
      return true;
    };
  }
}
