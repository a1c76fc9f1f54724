/** More than Node's ten: a request by http's agent has that many of Node's own between its socket and the program. */
const FRAMES = 30;
/** The call stack above `callee`. */
export function captureOrigin(callee) {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES;
  const origin = {};
  Error.captureStackTrace(origin, callee);
  Error.stackTraceLimit = stackTraceLimit;
  return origin;
}
