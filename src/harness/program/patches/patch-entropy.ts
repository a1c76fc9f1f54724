// Chance on a seed, so that two runs of one schedule send the same bytes. What TLS draws is OpenSSL's own, and stays real.
import crypto from 'node:crypto';
import { real } from '../real-time.ts';
import type { Patches } from './patches.ts';

/** A generator of 32-bit numbers: mulberry32 (Tommy Ettinger, public domain). */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

type View = ArrayBufferView | ArrayBuffer;

/** Seeds Math.random and node:crypto's random functions. Keys that node:crypto generates are not among them. */
export function patchEntropy(patches: Patches, seed: number): void {
  const next = mulberry32(seed);
  const fill = <Buffer extends View>(buffer: Buffer, offset = 0, size?: number): Buffer => {
    const bytes =
      buffer instanceof ArrayBuffer
        ? new Uint8Array(buffer)
        : new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    const end = size === undefined ? bytes.length : offset + size;
    for (let index = offset; index < end; index += 1) bytes[index] = next() & 255;
    return buffer;
  };
  const randomUUID = (): string => {
    const bytes = fill(Buffer.alloc(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  };
  patches.set(Math, 'random', () => next() / 2 ** 32);
  patches.set(crypto, 'randomBytes', (size: number, callback?: (error: null, bytes: Buffer) => void) => {
    const bytes = fill(Buffer.alloc(size));
    if (callback === undefined) return bytes;
    real.setImmediate(callback, null, bytes);
    return undefined;
  });
  patches.set(crypto, 'randomFillSync', fill);
  patches.set(crypto, 'randomFill', (buffer: View, ...rest: unknown[]) => {
    const callback = rest.pop() as (error: null, buffer: View) => void;
    real.setImmediate(callback, null, fill(buffer, ...(rest as number[])));
  });
  patches.set(crypto, 'randomUUID', randomUUID);
  patches.set(crypto, 'randomInt', (...args: unknown[]) => {
    const callback =
      typeof args.at(-1) === 'function' ? (args.pop() as (error: null, value: number) => void) : null;
    const [min, max] = args.length === 1 ? [0, args[0] as number] : (args as number[]);
    const value = min + Math.floor(((next() * 2 ** 21 + (next() >>> 11)) / 2 ** 53) * (max - min));
    if (callback === null) return value;
    real.setImmediate(callback, null, value);
    return undefined;
  });
  for (const source of [crypto, crypto.webcrypto, globalThis.crypto]) {
    if (source === undefined) continue;
    patches.set(source, 'getRandomValues', (buffer: View) => fill(buffer));
    if (source !== (crypto as unknown)) patches.set(source, 'randomUUID', randomUUID);
  }
}
