import { readFileSync } from 'node:fs';

/** Descriptors for the listener, the log, the admin port, files and Node itself. */
const RESERVE = 64;
/**
 * Connections that the descriptor limit allows with a reserve, or null where the limit cannot be read. With no
 * descriptor left libuv accepts and closes connections without a word, so a service must stay below.
 */
export function connectionsWithinLimit(descriptorsEach) {
  try {
    const limit = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'));
    return limit === null ? null : Math.max(1, Math.floor((Number(limit[1]) - RESERVE) / descriptorsEach));
  } catch {
    return null;
  }
}
