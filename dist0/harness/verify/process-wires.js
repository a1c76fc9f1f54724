import process from 'node:process';
import { watchAlso } from '../../sim/tripwires.js';

const INSTEAD = 'throw, or close what is open: a run ends when nothing is left to happen';
const LATER = 'use callLater of a dispatcher or reactor: a run is over before it would be called';
/** Lets a scenario fail, with the place, that would end the process, or put work off until after its run. */
export function watchProcess() {
  watchAlso([
    ...['exit', 'abort', 'kill'].map((key) => ({
      holder: process,
      key,
      name: `process.${key}`,
      instead: INSTEAD,
    })),
    { holder: process, key: 'nextTick', name: 'process.nextTick', instead: LATER, isDirect: true },
    { holder: globalThis, key: 'queueMicrotask', name: 'queueMicrotask', instead: LATER, isDirect: true },
  ]);
}
