import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** Between two looks at a file that another process holds. */
const LOOK_MS = 20;
/** A process that holds a file for longer has died: it is held for the time of one read and one write. */
const HELD_MS_MAX = 2_000;
/** Puts `text` in the place of a file, whole or not at all; its folder is made if it is missing. */
export function replaceFile(file, text) {
  makeFolder(dirname(file));
  const draft = `${file}.${process.pid}.draft`;
  try {
    writeFileSync(draft, text, { flush: true });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
/** One folder after the other: where /proc or the like says ENOENT to mkdir, Node's `recursive` tries again without end. */
function makeFolder(folder) {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have been quicker.
    if (error.code !== 'EEXIST') throw error;
  }
}
/** Runs `action` while no other process holds `file` in this way. */
export function holdingFile(file, action) {
  makeFolder(dirname(file));
  const lock = `${file}.lock`;
  while (!create(lock)) {
    if (ageMs(lock) > HELD_MS_MAX) rmSync(lock, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_MS);
  }
  try {
    action();
  } finally {
    rmSync(lock, { force: true });
  }
}
function create(lock) {
  try {
    closeSync(openSync(lock, 'wx'));
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}
/** 0 if it has just gone. */
function ageMs(lock) {
  const stats = statSync(lock, { throwIfNoEntry: false });
  return stats === undefined ? 0 : Date.now() - stats.mtimeMs;
}
