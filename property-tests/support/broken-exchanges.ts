// Broken programs whose mistake needs several things at once: bytes cut or joined at one place, and a delay or a reset at another.
import http from 'node:http';
import net from 'node:net';
import type { ProgramBody, ProgramContext } from '../../src/harness/program/index.ts';
import type { BrokenProgram } from './broken-programs.ts';

const PORT = 7;

function listen({ sim }: ProgramContext, host: string, server: net.Server): Promise<void> {
  return sim.host(host).run(() => new Promise((resolve) => server.listen(PORT, () => resolve())));
}

function expectPrefix(found: string, wanted: string): void {
  if (!wanted.startsWith(found)) throw new Error(`found what was not sent: "${found}", sent was "${wanted}"`);
}

/** A proxy for CONNECT that passes on what came with the request once the remote is connected, after what came later. */
const headComesLater: ProgramBody = async (context) => {
  const sockets = new Set<net.Socket>();
  let received = '';
  const remote = net.createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    socket.on('data', (chunk) => {
      received += chunk;
    });
    socket.on('end', () => socket.end());
  });
  const proxy = http.createServer().on('connect', (_request, socket: net.Socket, head: Buffer) => {
    const onward = net.connect(PORT, 'remote');
    sockets.add(socket.on('error', () => onward.destroy()));
    sockets.add(onward.on('error', () => socket.destroy()));
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    socket.pipe(onward).pipe(socket);
    onward.on('connect', () => {
      if (head.length > 0) onward.write(head);
    });
  });
  await listen(context, 'remote', remote);
  await listen(context, 'proxy', proxy);
  const socket = net.connect(PORT, 'proxy').on('error', () => {});
  socket.write('CONNECT remote:7 HTTP/1.1\r\nhost: remote:7\r\n\r\n');
  socket.write('ab');
  socket.once('data', () => {
    socket.write('cd');
    socket.end('ef');
  });
  await new Promise((resolve) => socket.once('close', resolve));
  for (const other of sockets) other.destroy();
  remote.close();
  proxy.close();
  expectPrefix(received, 'abcdef');
};

/** A download that goes on where a reset has cut it; bytes that came together with the head are kept, and not counted. */
const resumesTooEarly: ProgramBody = async (context) => {
  const body = 'abcdefgh';
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (from) => {
      socket.write('ok\n');
      for (const piece of body.slice(Number(String(from))).match(/../g) ?? []) socket.write(piece);
      socket.end();
    });
  });
  await listen(context, 'server', server);
  let kept = '';
  let counted = 0;
  const load = (tries: number): Promise<void> =>
    new Promise((resolve) => {
      let head = '';
      let hasFailed = false;
      const socket = net.connect(PORT, 'server');
      socket.write(String(counted));
      socket.on('data', (chunk) => {
        if (head.endsWith('\n')) {
          kept += chunk;
          counted += chunk.length;
          return;
        }
        const text = head + String(chunk);
        const end = text.indexOf('\n') + 1;
        head = end > 0 ? text.slice(0, end) : text;
        // The mistake: these are not counted.
        if (end > 0) kept += text.slice(end);
      });
      socket.on('error', () => {
        hasFailed = true;
      });
      socket.on('close', () => resolve(hasFailed && tries > 1 ? load(tries - 1) : undefined));
    });
  await load(3);
  server.close();
  expectPrefix(kept, body);
};

/** Sends a command on one connection and gets the data on another; takes what has come when the first says that it is done. */
const doneBeforeTheData: ProgramBody = async (context) => {
  const server = net.createServer((control) => {
    control
      .on('error', () => {})
      .once('data', (port) => {
        const data = net.connect(Number(String(port)), 'app', () => {
          data.write('first,');
          data.write('second');
          data.end(() => control.end('done'));
        });
        data.on('error', () => control.end('failed'));
      });
  });
  await listen(context, 'server', server);
  let received = '';
  const passive = net.createServer((data) => {
    data
      .on('error', () => {})
      .on('data', (chunk) => {
        received += chunk;
      });
  });
  await new Promise<void>((resolve) => passive.listen(8, () => resolve()));
  const control = net.connect(PORT, 'server').on('error', () => {});
  control.write('8');
  let said = '';
  let taken: string | null = null;
  control.on('data', (chunk) => {
    said += chunk;
    if (said === 'done') taken = received;
  });
  await new Promise((resolve) => control.once('close', resolve));
  passive.close();
  server.close();
  if (taken !== null && !context.sim.hasKilled && taken !== 'first,second')
    throw new Error(`found "${taken}", sent was "first,second"`);
};

export const BROKEN_EXCHANGES: readonly BrokenProgram[] = [
  {
    name: 'head comes later',
    mistake: 'passes on what came with a CONNECT once the remote is connected, after what came later',
    body: headComesLater,
  },
  {
    name: 'resumes too early',
    mistake:
      'keeps bytes that came together with the head, and does not count them when it goes on after a reset',
    body: resumesTooEarly,
  },
  {
    name: 'done before the data',
    mistake: 'takes what has come on one connection when another says that all was sent',
    body: doneBeforeTheData,
  },
];
