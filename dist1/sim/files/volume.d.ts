import { Volume } from './memfs.ts';
/** @internal A file that memfs has open, with its flags and position. */
export type OpenedFile = Volume['_core']['fds'][number];
export { Volume };
