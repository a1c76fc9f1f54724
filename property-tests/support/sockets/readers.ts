import { describeError } from './describe.ts';
import type { Reader } from './program.ts';
import type { WatchedSocket } from './watched-socket.ts';

/** How much `sip` reads at a time. */
const SIP_BYTES = 7;

type Start = (watched: WatchedSocket) => void;

const READERS: Readonly<Record<Reader, Start>> = {
  none: () => {},
  data: (watched) => {
    watched.socket.on('data', (bytes: Buffer) => watched.received(bytes));
  },
  readable: (watched) => readWhenReadable(watched, () => true),
  sip: (watched) => readWhenReadable(watched, () => false, SIP_BYTES),
  iterate: (watched) => void iterate(watched),
  echo: ({ socket }) => {
    socket.pipe(socket);
  },
};

export function startReader(watched: WatchedSocket, reader: Reader): void {
  // Two that send back what they get would never be done.
  READERS[reader === 'echo' && watched.end === 'client' ? 'data' : reader](watched);
}

function readWhenReadable(watched: WatchedSocket, goesOn: () => boolean, sizeBytes?: number): void {
  const { socket } = watched;
  socket.on('readable', () => {
    watched.note('readable');
    do {
      const bytes = socket.read(sizeBytes) as Buffer | null;
      if (bytes === null) return;
      watched.received(bytes);
    } while (goesOn());
  });
}

async function iterate(watched: WatchedSocket): Promise<void> {
  try {
    for await (const bytes of watched.socket) watched.received(bytes as Buffer);
    watched.note('iterated to the end');
  } catch (error) {
    watched.note(`iteration ended by ${describeError(error)}`);
  }
}
