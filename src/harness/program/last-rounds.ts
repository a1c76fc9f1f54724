// A program may go on asking in setImmediate when its run is over: nothing that is closed or cleared ends that, and whatever the
// process does next would share its time with it.
import { createHook } from 'node:async_hooks';
import { real } from './real-time.ts';

/** Rounds of immediates for what is being finished; what was closed by force needs two or three to tell its owners. */
const ROUNDS_MAX = 20;

/**
 * Has the event loop turn until no immediate of the program's own is left, `roundsMin` times at least. Who still makes new ones after
 * that is not called any more. `isOfProgram` tells whether the code that is running is the program's.
 */
export async function takeLastRounds(roundsMin: number, isOfProgram: () => boolean): Promise<void> {
  let made: NodeJS.Immediate[] = [];
  let madeBefore: NodeJS.Immediate[] = [];
  const hook = createHook({
    init(_id, kind, _trigger, resource) {
      if (kind === 'Immediate' && isOfProgram()) made.push(resource as NodeJS.Immediate);
    },
  }).enable();
  try {
    for (let round = 0; round < roundsMin || (made.length > 0 && round < ROUNDS_MAX); round += 1) {
      madeBefore = made;
      made = [];
      await realTurn();
    }
    // Each immediate is run within a turn of the event loop: those made earlier have been.
    for (const immediate of [...madeBefore, ...made]) real.clearImmediate(immediate);
  } finally {
    hook.disable();
  }
}

function realTurn(): Promise<void> {
  return new Promise((resolve) => void real.setImmediate(resolve));
}
