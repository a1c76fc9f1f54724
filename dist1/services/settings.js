import { checkDuration, checkFunction, checkInteger } from '../core/arguments.js';
import { LocalGate } from './gate.js';

/** The largest piece for which one system call still pays; measured in docs/performance.md. */
const CHUNK_SIZE_BYTES = 262144;
export const NO_OPTIONS = Object.freeze({});
const DEFAULTS = Object.freeze({
  idleTimeoutMs: 0,
  chunkSizeBytes: CHUNK_SIZE_BYTES,
  highWaterMarkBytes: 0,
  lowWaterMarkBytes: 0,
  gate: null,
  hooks: NO_OPTIONS,
});
const HOOKS = [
  'onListening',
  'onListenError',
  'onAcceptError',
  'onConnection',
  'onConnectionEnd',
  'onRefused',
];
/** @internal Throws ArgumentError for an option it cannot take. */
export function resolveSettings(options) {
  if (options === NO_OPTIONS) return DEFAULTS;
  const { highWaterMarkBytes = 0, lowWaterMarkBytes = 0 } = options;
  const { idleTimeoutMs = 0, chunkSizeBytes = CHUNK_SIZE_BYTES } = options;
  checkDuration('idleTimeoutMs', idleTimeoutMs);
  checkInteger('chunkSizeBytes', chunkSizeBytes, 1);
  checkInteger('highWaterMarkBytes', highWaterMarkBytes, 0);
  checkInteger('lowWaterMarkBytes', lowWaterMarkBytes, 0, highWaterMarkBytes);
  for (const hook of HOOKS) if (options[hook] !== undefined) checkFunction(hook, options[hook]);
  return {
    idleTimeoutMs,
    chunkSizeBytes,
    highWaterMarkBytes,
    lowWaterMarkBytes,
    gate: options.gate ?? chooseGate(options),
    hooks: options,
  };
}
function chooseGate(options) {
  const { maxConnections, maxHeld, maxPerAddress } = options;
  if (maxConnections === undefined && maxHeld === undefined && maxPerAddress === undefined) return null;
  return new LocalGate({ maxConnections, maxHeld, maxPerAddress });
}
