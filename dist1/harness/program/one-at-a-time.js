import { active } from './active.js';
/** Runs `body` once all that were given before it are over, in the order in which they were given. */
export function oneAtATime(body) {
  const run = active.lastInLine.then(body);
  const over = () => {};
  active.lastInLine = run.then(over, over);
  return run;
}
