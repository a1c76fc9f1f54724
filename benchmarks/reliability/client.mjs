// Clients of an echo, each of which checks every byte.
import { createHash } from 'node:crypto';
import net from 'node:net';

const POOL = Buffer.alloc(1 << 20);
for (let index = 0; index < POOL.length; index += 1) POOL[index] = (index * 2654435761) >>> 13;

/** Random numbers that a seed repeats (mulberry32). */
export function generator(seed) {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/**
 * One connection: sends up to 64 KiB, ends first or reads first, or resets in the middle. Gives `ok` if all came back,
 * `reset` if it reset, `bad` with the reason otherwise.
 */
export function exchange(port, random) {
  return new Promise((resolve) => {
    const from = random(POOL.length / 2);
    const data = POOL.subarray(from, from + 1 + random(65536));
    const kind = ['plain', 'half-close first', 'late reader', 'reset'][random(4)];
    const sent = createHash('sha256').update(data).digest('hex');
    const hash = createHash('sha256');
    let received = 0;
    const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const finish = (outcome) => {
      socket.destroy();
      resolve(outcome);
    };
    socket.on('connect', () => {
      if (kind === 'plain') socket.write(data);
      else socket.end(data);
      if (kind === 'late reader') {
        socket.pause();
        setTimeout(() => socket.resume(), random(200));
      }
      if (kind === 'reset') {
        setTimeout(() => {
          socket.resetAndDestroy();
          resolve('reset');
        }, random(20));
      }
    });
    socket.on('data', (chunk) => {
      hash.update(chunk);
      received += chunk.length;
      if (kind === 'plain' && received === data.length) socket.end();
    });
    socket.on('end', () =>
      finish(hash.digest('hex') === sent ? 'ok' : `bad: ${received} of ${data.length} bytes, ${kind}`),
    );
    socket.on('error', (error) => finish(`bad: ${error.code}, ${kind}`));
  });
}
