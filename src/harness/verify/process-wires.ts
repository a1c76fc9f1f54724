import childProcess from 'node:child_process';
import process from 'node:process';
import { watchAlso } from '../../sim/tripwires.ts';

const INSTEAD = 'throw, or close what is open: a run ends when nothing is left to happen';
const LATER = 'use callLater of a dispatcher or reactor: a run is over before it would be called';

const BEFORE = 'run it before, and let the scenario use what it has said';

/** Lets a scenario fail, with the place, that would end the process, start another, or put work off until after its run. */
export function watchProcess(): void {
  watchAlso([
    ...['exit', 'abort', 'kill'].map((key) => ({
      holder: process,
      key,
      name: `process.${key}`,
      instead: INSTEAD,
    })),
    ...['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync'].map((key) => ({
      holder: childProcess,
      key,
      name: `child_process.${key}`,
      instead: BEFORE,
    })),
    { holder: process, key: 'nextTick', name: 'process.nextTick', instead: LATER, isDirect: true },
    { holder: globalThis, key: 'queueMicrotask', name: 'queueMicrotask', instead: LATER, isDirect: true },
  ]);
}
