/** The first place in a call stack that is neither Node's nor foulweather's: `/home/me/echo.ts:12:5`. */
export function placeInProgram(stack) {
  const frames = (stack ?? '').split('\n').filter((line) => /^\s*at /.test(line));
  const frame = frames.find((line) => !/\(?node:|<anonymous>\)?$/.test(line) && !OWN.test(line));
  return frame === undefined ? 'an unknown place' : placeOfFrame(frame);
}
/** `    at Client.handleRead (file:///a/b.ts:1:2)` as `/a/b.ts:1:2`. */
export function placeOfFrame(frame) {
  return frame.replace(/^\s*at (.*\()?(file:\/\/)?/, '').replace(/\)$/, '');
}
/** This package's own code, as it is compiled and as it is written. */
export const OWN = /\/(dist|src)\/(core|sim|real|services|net|harness|cli)\/[\w/-]+\.[jt]s/;
