// Programs on node:net and node:http, each one plausible mistake away from a right one; the mistake shows only in weather.
import http from 'node:http';
import net from 'node:net';
import type { ProgramBody, ProgramContext } from '../../src/harness/program/index.ts';

export interface BrokenProgram {
  readonly name: string;
  /** What it does wrong, as a clause. */
  readonly mistake: string;
  readonly body: ProgramBody;
}

function serve({ sim }: ProgramContext, handle: (socket: net.Socket) => void): Promise<net.Server> {
  const server = net.createServer((socket) => handle(socket.on('error', () => {})));
  return sim.host('server').run(() => new Promise((resolve) => server.listen(7, () => resolve(server))));
}

/** Sends `parts`, one after the other, and gives the chunks that come back; null if the connection has failed. */
async function chunksOf(socket: net.Socket, parts: readonly string[] = []): Promise<Buffer[] | null> {
  const chunks: Buffer[] = [];
  let hasFailed = false;
  socket
    .on('data', (chunk) => chunks.push(chunk))
    .on('error', () => {
      hasFailed = true;
    });
  const closed = new Promise((resolve) => socket.once('close', resolve));
  for (const part of parts) socket.write(part);
  if (parts.length > 0) socket.end();
  await closed;
  return hasFailed ? null : chunks;
}

function expectSame(found: unknown, wanted: unknown): void {
  const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (one !== other) throw new Error(`found what was not sent: ${one}, sent was ${other}`);
}

/** Each program's client reads what the server says in pieces; `read` is what it makes of the chunks. */
function reader(said: readonly string[], read: (chunks: Buffer[]) => unknown, wanted: unknown): ProgramBody {
  return async (context) => {
    const server = await serve(context, (socket) => {
      for (const piece of said) socket.write(piece);
      socket.end();
    });
    const chunks = await chunksOf(net.connect(7, 'server'));
    server.close();
    // A close is clean, and may come anywhere: only what came can be judged.
    if (chunks !== null && Buffer.concat(chunks).length === Buffer.byteLength(said.join('')))
      expectSame(read(chunks), wanted);
  };
}

/** Lines, but what comes before a chunk's first line feed is taken for a line of its own. */
function linesOfEach(chunks: Buffer[]): string[] {
  return chunks.flatMap((chunk) =>
    String(chunk)
      .split('\n')
      .filter((line) => line !== ''),
  );
}

/** Frames of a length and as many bytes; a frame that a chunk has only a part of is dropped. */
function framesOfEach(chunks: Buffer[]): string[] {
  const frames: string[] = [];
  for (const chunk of chunks)
    for (let at = 0; at + 1 + chunk[at] <= chunk.length; at += 1 + chunk[at])
      frames.push(String(chunk.subarray(at + 1, at + 1 + chunk[at])));
  return frames;
}

/** Frames, remembered from chunk to chunk, but for the length when it is all that a chunk ends with. */
function framesButLoneLengths(chunks: Buffer[]): string[] {
  const frames: string[] = [];
  let kept = Buffer.alloc(0);
  for (const chunk of chunks) {
    let bytes = Buffer.concat([kept, chunk]);
    while (bytes.length > 1 && bytes.length > bytes[0]) {
      frames.push(String(bytes.subarray(1, 1 + bytes[0])));
      bytes = bytes.subarray(1 + bytes[0]);
    }
    kept = bytes.length === 1 ? Buffer.alloc(0) : bytes;
  }
  return frames;
}

/** An HTTP body in chunks; takes `0\r\n` anywhere at a chunk's beginning for the last one. */
function chunkedBody(chunks: Buffer[]): string {
  let body = '';
  let rest = '';
  for (const chunk of chunks) {
    if (String(chunk).startsWith('0\r\n')) return body;
    rest += String(chunk);
    for (let match = /^([0-9a-f]+)\r\n/.exec(rest); match !== null; match = /^([0-9a-f]+)\r\n/.exec(rest)) {
      const size = Number.parseInt(match[1], 16);
      if (rest.length < match[0].length + size + 2) break;
      body += rest.slice(match[0].length, match[0].length + size);
      rest = rest.slice(match[0].length + size + 2);
    }
  }
  return body;
}

/** A counter that is read, waited with, and written: two clients at once lose an update. */
const lostUpdate: ProgramBody = async (context) => {
  let counter = 0;
  const server = await serve(context, (socket) => {
    socket.once('data', () => {
      const read = counter;
      setTimeout(() => {
        counter = read + 1;
        socket.end('done');
      }, 1);
    });
  });
  const add = async (delayMs: number): Promise<boolean> => {
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    const socket = net.connect(7, 'server');
    socket.write('add');
    const chunks = await chunksOf(socket);
    return chunks !== null && String(Buffer.concat(chunks)) === 'done';
  };
  const done = await Promise.all([add(0), add(8)]);
  server.close();
  if (done.every(Boolean)) expectSame(counter, 2);
};

/** A client that connects again on `error` and on `close`: after a reset it has two connections, and asks twice. */
const reconnectsTwice: ProgramBody = async (context) => {
  const server = await serve(context, (socket) => {
    socket.once('data', () => socket.end('answer'));
  });
  let answers = 0;
  let open = 0;
  await new Promise<void>((resolve) => {
    const connect = (tries: number): void => {
      if (answers > 0 || tries === 0) return;
      open += 1;
      const socket = net.connect(7, 'server');
      socket.write('ask');
      socket.once('data', () => {
        answers += 1;
      });
      socket.on('error', () => setTimeout(connect, 10, tries - 1));
      socket.on('close', () => {
        open -= 1;
        if (answers === 0) setTimeout(connect, 10, tries - 1);
        setTimeout(() => (open === 0 ? resolve() : undefined), 50);
      });
    };
    connect(2);
  });
  server.close();
  if (answers > 1) throw new Error('found a second answer to one question');
};

/** A POST that is sent again when its connection failed, though the server may have done it already. */
const postsTwice: ProgramBody = async ({ sim }) => {
  let orders = 0;
  const server = http.createServer((request, response) => {
    request
      .on('error', () => {})
      .resume()
      .on('end', () => {
        orders += 1;
        response.end('ordered');
      });
  });
  await sim.host('server').run(() => new Promise<void>((resolve) => server.listen(80, resolve)));
  const post = (tries: number): Promise<void> =>
    new Promise((resolve) => {
      const retry = (): void => (tries > 1 ? resolve(post(tries - 1)) : resolve());
      const request = http.request('http://server/', { method: 'POST', agent: false }, (response) => {
        response.on('error', retry).resume().on('end', resolve);
      });
      request.on('error', retry).end('one');
    });
  await post(2);
  server.close();
  server.closeAllConnections();
  if (orders > 1) throw new Error('found the order twice');
};

/** Two connections, and one place for the answer that is waited for. */
const mixesUpAnswers: ProgramBody = async (context) => {
  const server = await serve(context, (socket) => {
    socket.on('data', (chunk) => socket.end(`answer to ${chunk}`));
  });
  const asked: string[] = [];
  const answers: string[] = [];
  const ask = async (name: string): Promise<void> => {
    const socket = net.connect(7, 'server');
    asked.push(name);
    socket.write(name);
    const chunks = await chunksOf(socket);
    // The first to be answered is taken for the first that asked.
    if (chunks !== null && chunks.length > 0) answers.push(`${asked.shift()}: ${Buffer.concat(chunks)}`);
  };
  await Promise.all([ask('a'), new Promise((resolve) => setTimeout(resolve, 3)).then(() => ask('b'))]);
  server.close();
  if (answers.length === 2 && !context.sim.hasKilled)
    expectSame(answers.sort(), ['a: answer to a', 'b: answer to b']);
};

/** Gives the peer up when it was silent for 100 ms, and then takes what it has for everything. */
const givesUpQuietly: ProgramBody = async (context) => {
  const server = await serve(context, (socket) => {
    socket.write('first,');
    setTimeout(() => socket.end('second'), 20);
  });
  const socket = net.connect(7, 'server');
  socket.setTimeout(100, () => socket.destroy());
  const chunks = await chunksOf(socket);
  server.close();
  if (chunks !== null && !context.sim.hasKilled) expectSame(String(Buffer.concat(chunks)), 'first,second');
};

/** Whether a marker has come: looked for in each chunk, and across two. */
function afterMarker(chunks: Buffer[]): string {
  const at = chunks.findIndex((chunk) => String(chunk).includes('<end>'));
  if (at >= 0) return 'found';
  return chunks.some((_, index) => String(Buffer.concat(chunks.slice(index, index + 2))).includes('<end>'))
    ? 'found'
    : 'missed';
}

export const BROKEN_PROGRAMS: readonly BrokenProgram[] = [
  {
    name: 'lines per chunk',
    mistake: 'takes what a chunk ends with for a line',
    body: reader(['one\ntwo\n', 'three\n'], linesOfEach, ['one', 'two', 'three']),
  },
  {
    name: 'frames per chunk',
    mistake: 'drops the frame that a chunk has only a part of',
    body: reader(['\x03abc\x04defg', '\x02hi'], framesOfEach, ['abc', 'defg', 'hi']),
  },
  {
    name: 'lone lengths',
    mistake: 'forgets a length that a chunk ends with',
    body: reader(['\x03abc\x04defg', '\x02hi'], framesButLoneLengths, ['abc', 'defg', 'hi']),
  },
  {
    name: 'text per chunk',
    mistake: 'decodes each chunk by itself, also in mid-character',
    body: reader(['naïve ', 'café'], (chunks) => chunks.map(String).join(''), 'naïve café'),
  },
  {
    name: 'chunked body',
    mistake: 'takes a chunk that begins with 0 for the end of an HTTP body',
    body: reader(['5\r\n12340\r\n', '2\r\nab\r\n0\r\n\r\n'], chunkedBody, '12340ab'),
  },
  {
    name: 'marker in two',
    mistake: 'looks for a marker in two chunks, not in three',
    body: reader(['data<end>'], afterMarker, 'found'),
  },
  { name: 'lost update', mistake: 'reads a counter, waits, and writes it', body: lostUpdate },
  { name: 'reconnects twice', mistake: 'connects again on error and on close', body: reconnectsTwice },
  { name: 'posts twice', mistake: 'sends a POST again that may have been done', body: postsTwice },
  {
    name: 'mixes up answers',
    mistake: 'takes the first answer for that of the first question',
    body: mixesUpAnswers,
  },
  {
    name: 'gives up quietly',
    mistake: 'takes what came before a time-out for everything',
    body: givesUpQuietly,
  },
];
