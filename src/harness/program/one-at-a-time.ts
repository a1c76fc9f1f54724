import { active } from './active.ts';

/** Runs `body` once all that were given before it are over, in the order in which they were given. */
export function oneAtATime<T>(body: () => Promise<T>): Promise<T> {
  const run = active.lastInLine.then(body);
  const over = (): void => {};
  active.lastInLine = run.then(over, over);
  return run;
}
