// memfs, without what it leaves behind: the tslib it loads puts its helpers (`__extends` and some thirty more) into
// the global object, where test runners that look for leaked globals find them. Nobody takes them from there.
// The imports are run in this order.
import { globalsBefore } from './globals.ts';
import { Volume } from './memfs.ts';

for (const name of Object.getOwnPropertyNames(globalThis))
  if (name.startsWith('__') && !globalsBefore.has(name)) Reflect.deleteProperty(globalThis, name);

/** @internal A file that memfs has open, with its flags and position. */
export type OpenedFile = Volume['_core']['fds'][number];

export { Volume };
