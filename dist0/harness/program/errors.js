import { fileURLToPath } from 'node:url';
import { FoulweatherError } from '../../core/index.js';
/** A program's run cannot go on, or has left something behind. `code` says which. */
export class ProgramError extends FoulweatherError {
  constructor(code, message, options) {
    super(code, message, options);
  }
}
/**
 * Where something was made, in words: `at talk (weather.ts:7:3)`, the program's own line; where a library did it for the
 * program, `at talk (weather.ts:7:3), through connect (node_modules/…)`.
 */
export function callSite(stack) {
  const frames = framesOutside(stack);
  const own = frames.find((frame) => !isOfLibrary(frame));
  const [nearest] = frames;
  if (own === undefined) return nearest ?? placeInNode(stack);
  return own === nearest ? own : `${own}, through ${nearest.slice('at '.length)}`;
}
/** Where in Node it was, when nobody else is on the stack. */
function placeInNode(stack) {
  const lines = (stack ?? '').split('\n').map((line) => line.trim());
  const found = lines.find(
    (line) => line.startsWith('at ') && /node:/.test(line) && !WITHOUT_CALLER.test(line),
  );
  return found ?? 'at a place that no line of the program called';
}
/** Whether a library did it, for itself or for the program. */
export function isByLibrary(stack) {
  const [nearest] = framesOutside(stack);
  return nearest !== undefined && isOfLibrary(nearest);
}
function isOfLibrary(frame) {
  return /[\\/]node_modules[\\/]/.test(frame);
}
/** The lines of a stack that are neither Node's, nor the engine's, nor of this package. */
function framesOutside(stack) {
  return (stack ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at ') && !/node:|<anonymous>\)?$/.test(line))
    .filter((line) => !line.includes(PACKAGE.url) && !line.includes(PACKAGE.path));
}
/** `src/` or `dist/` of this package. */
const url = new URL('../../', import.meta.url).href;
const PACKAGE = { url, path: fileURLToPath(url) };
/** What stands at the bottom of every stack, and says nothing. */
const WITHOUT_CALLER =
  /node:(?:internal\/(?:process\/task_queues|timers|async_hooks|async_local_storage)|events|async_hooks)/;
/** More than Node's ten: a request by http's agent has that many of Node's own between its socket and the program. */
const FRAMES = 30;
/** The call of `callee`, or of whoever calls this. */
export function noteSite(callee = noteSite) {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES;
  const site = {};
  Error.captureStackTrace(site, callee);
  Error.stackTraceLimit = stackTraceLimit;
  return site;
}
/** The stack of the caller of `callee`. */
export function captureStack(callee) {
  return noteSite(callee).stack;
}
