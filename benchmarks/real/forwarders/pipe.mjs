// The yardstick: a bare node:net forwarder, socket.pipe both ways.
import { connect, createServer } from 'node:net';

const [localPort, remotePort] = process.argv.slice(2).map(Number);
createServer({ allowHalfOpen: true }, (client) => {
  const remote = connect({ port: remotePort, host: '127.0.0.1', allowHalfOpen: true });
  client.on('error', () => remote.destroy());
  remote.on('error', () => client.destroy());
  client.pipe(remote);
  remote.pipe(client);
}).listen(localPort, '127.0.0.1', () => console.log('ready'));
