// What a program may do with a network, over and over: `work(listen, host, count)` does it `count` times, client and server in one process.
// `listen(server)` gives the port.
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';

const CHUNK = Buffer.alloc(65536, 'x');

/** By what one piece of work is called. `share` is how many of them there are for each request asked for. */
export const SHAPES = {
  'requests over one connection': { share: 1, work: (...given) => requests(1, ...given) },
  'requests over ten connections': { share: 1, work: (...given) => requests(10, ...given) },
  'requests with a connection each': { share: 0.25, work: requestsAlone },
  'connections that are told one line': { share: 0.5, work: connections },
  'megabytes over one connection': { share: 0.1, work: megabytes },
};

const sunny = () => http.createServer((_request, response) => response.end('sunny'));

const get = (options) =>
  new Promise((resolve, reject) => {
    http.get(options, (response) => response.resume().on('end', resolve)).on('error', reject);
  });

async function requests(maxSockets, listen, host, count) {
  const server = sunny();
  const port = await listen(server);
  const agent = new http.Agent({ keepAlive: true, maxSockets });
  let left = count;
  const some = async () => {
    for (; left > 0; left -= 1) await get({ host, port, agent });
  };
  await Promise.all(Array.from({ length: maxSockets }, some));
  agent.destroy();
  await closed(server);
}

async function requestsAlone(listen, host, count) {
  const server = sunny();
  const port = await listen(server);
  for (let left = count; left > 0; left -= 1) await get({ host, port, agent: false });
  await closed(server);
}

async function connections(listen, host, count) {
  const server = net.createServer((socket) => socket.end('sunny\n'));
  const port = await listen(server);
  for (let left = count; left > 0; left -= 1) await once(net.connect(port, host).resume(), 'close');
  await closed(server);
}

async function megabytes(listen, host, count) {
  const server = net.createServer((socket) => socket.resume().once('end', () => socket.end()));
  const port = await listen(server);
  const socket = net.connect(port, host).resume();
  for (let sentBytes = 0; sentBytes < count * 1e6; sentBytes += CHUNK.length)
    if (!socket.write(CHUNK)) await once(socket, 'drain');
  socket.end();
  await once(socket, 'close');
  await closed(server);
}

const closed = (server) => new Promise((resolve) => server.close(resolve));
