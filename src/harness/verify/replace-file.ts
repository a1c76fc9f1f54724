import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

import { StateError } from '../../core/index.ts';

/** Between two looks at a file that another process holds. */
const LOOK_MS = 20;

/** A process that holds a file for longer has died: it is held for the time of one read and one write. */
const HELD_MS_MAX = 2_000;

/**
 * Puts `text` in the place of a file, whole or not at all; its folder is made if it is missing. A link stays, and what it leads to
 * is replaced. What is no regular file, such as /dev/stdout, is written to.
 */
export function replaceFile(file: string, text: string): void {
  makeFolder(dirname(file));
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats !== undefined && !stats.isFile() && !stats.isDirectory()) {
    writeFileSync(file, text);
    return;
  }
  const target = stats === undefined ? file : realpathSync(file);
  const draft = `${target}.${process.pid}.draft`;
  try {
    writeFileSync(draft, text, { flush: true });
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Throws what `replaceFile` would, as far as that can be known before. */
export function expectReplaceable(file: string): void {
  makeFolder(dirname(file));
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true || file.endsWith('/')) throw new StateError('EISDIR', 'it is a folder');
  const isReplaced = stats === undefined || stats.isFile();
  accessSync(isReplaced ? dirname(stats === undefined ? file : realpathSync(file)) : file, constants.W_OK);
}

/** One folder after the other: where /proc or the like says ENOENT to mkdir, Node's `recursive` tries again without end. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have been quicker.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Runs `action` while no other process holds `file` in this way. */
export function holdingFile(file: string, action: () => void): void {
  makeFolder(dirname(file));
  const lock = `${file}.lock`;
  // Not by the wall's clock alone: that of the file system may be another one.
  const patience = Math.ceil(HELD_MS_MAX / LOOK_MS);
  for (let looks = 0, held = ''; !create(lock); looks += 1) {
    const mark = markOf(lock);
    if (mark !== held) {
      held = mark;
      looks = 0;
    } else if (looks >= patience || ageMs(lock) > HELD_MS_MAX) rmSync(lock, { force: true });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_MS);
  }
  try {
    action();
  } finally {
    rmSync(lock, { force: true });
  }
}

function create(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx'));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Another one each time somebody takes hold; empty if it has just gone. */
function markOf(lock: string): string {
  const stats = statSync(lock, { throwIfNoEntry: false });
  return stats === undefined ? '' : `${stats.ino} ${stats.mtimeMs}`;
}

/** By the wall's clock; 0 if it has just gone. */
function ageMs(lock: string): number {
  const stats = statSync(lock, { throwIfNoEntry: false });
  return stats === undefined ? 0 : Date.now() - stats.mtimeMs;
}
