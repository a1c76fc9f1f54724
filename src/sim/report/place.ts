import { stackOf } from '../../core/thrown.ts';

export const UNKNOWN_PLACE = 'an unknown place';

/** The first place in a call stack that is neither Node's nor foulweather's: `/home/me/echo.ts:12:5`. */
export function placeInProgram(stack: string | undefined): string {
  const frame = framesOf(stack).find(isOfProgram);
  return frame === undefined ? UNKNOWN_PLACE : placeOfFrame(frame);
}

/** Where in a scenario's program something was thrown; empty if it was not thrown there, or that is not known. */
export function placeThrown(thrown: unknown): string {
  const frames = framesOf(stackOf(thrown));
  const driver = frames.findIndex((line) => DRIVER.test(line));
  const within = driver === -1 ? frames : frames.slice(0, driver);
  const frame = within.find((line) => isOfProgram(line) && !line.includes('/node_modules/'));
  return frame === undefined ? '' : placeOfFrame(frame);
}

/** `    at Client.handleRead (file:///a/b.ts:1:2)` as `/a/b.ts:1:2`. */
export function placeOfFrame(frame: string): string {
  return frame.replace(/^\s*at (.*\()?(file:\/\/)?/, '').replace(/\)$/, '');
}

/** This package's own code, as it is compiled and as it is written. */
export const OWN = /\/(dist|src)\/(core|sim|real|services|net|harness|cli|fast-check|vitest)\/[\w/-]+\.[jt]s/;

/** What calls a scenario's program: whatever called that is no part of the run. */
const DRIVER = /\/(dist|src)\/sim\/(scenario|simulation)\.[jt]s/;

function framesOf(stack: string | undefined): string[] {
  return (stack ?? '').split('\n').filter((line) => /^\s*at /.test(line));
}

function isOfProgram(line: string): boolean {
  return !/\(?node:|<anonymous>\)?$/.test(line) && !OWN.test(line);
}
