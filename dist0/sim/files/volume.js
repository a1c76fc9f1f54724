// memfs, without what it leaves behind: the tslib it loads puts its helpers (`__extends` and some thirty more) into
// the global object, where test runners that look for leaked globals find them. Nobody takes them from there.
// The imports are run in this order.
import { globalsBefore } from './globals.js';
import { Volume } from './memfs.js';

for (const name of Object.getOwnPropertyNames(globalThis))
  if (name.startsWith('__') && !globalsBefore.has(name)) Reflect.deleteProperty(globalThis, name);

export { Volume };
