import { lookup } from 'node:dns';
import { createServer, isIP } from 'node:net';
import { checkAddress, isUnixAddress } from '../core/address.js';
import { checkInteger } from '../core/arguments.js';
import { TransportError } from '../core/errors.js';
import { RealDriver } from './driver.js';
import { FailedEndpoint } from './failed-endpoint.js';
import { HandleSocket } from './handle-socket.js';
import { openRealFile } from './open-file.js';
import { attachPlainSocket } from './plain-socket.js';
import { isHandle, isTcpHandle, optionsFor } from './private-handle.js';
import { RealContext } from './real-context.js';
import { RealEndpoint } from './real-endpoint.js';
import { RealListener } from './real-listener.js';
import { RealSocket } from './real-socket.js';
import { runSoon } from './system-clock.js';
import { toTransportError } from './transport-error.js';
/** The transport interface over this machine's sockets and files. */
export class RealTransport {
  constructor(options = {}) {
    this.context = new RealContext(options.driver ?? new RealDriver(), {
      poisonsViews: options.poisonsViews ?? false,
      usesHandles: options.usesHandles ?? true,
    });
  }
  connect(remote, options = {}) {
    checkAddress('remote', remote);
    const unfit = whyUnfit(remote, 'connect');
    if (unfit !== null) return new FailedEndpoint(this.context, unfit);
    const { binding } = this.context;
    return new RealEndpoint(this.context, remote, (sink) => {
      if (binding !== null && isPlain(remote, options)) {
        return HandleSocket.dialled(sink, binding, remote.host, remote.port);
      }
      const socket = new RealSocket(sink, { noDelay: true });
      if (isUnixAddress(remote)) socket.connect({ path: remote.path });
      else dial(socket, remote, options);
      return socket;
    });
  }
  listen(local, options = {}) {
    checkAddress('local', local);
    if (options.backlog !== undefined) checkInteger('backlog', options.backlog, 1, 65535);
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true });
    const listener = new RealListener(this.context, server, local, (socket) => this.admit(socket, local));
    const unfit = whyUnfit(local, 'listen');
    if (unfit !== null) runSoon(() => server.emit('error', unfit));
    else server.listen({ ...local, backlog: options.backlog, ipv6Only: options.ipv6Only });
    listener.noteAddress();
    return listener;
  }
  openFile(file, options = {}) {
    return openRealFile(this.context, file, options);
  }
  resolve(name, family, callback) {
    lookup(name, { family, all: true }, (error, found) => {
      const { driver } = this.context;
      driver.enter();
      if (error !== null) callback(toTransportError(error, 'getaddrinfo', null), []);
      else
        callback(
          null,
          found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 })),
        );
      driver.leave();
    });
  }
  admit(accepted, local) {
    const address = isUnixAddress(local) ? local : remoteOf(accepted);
    const { binding } = this.context;
    const endpoint = new RealEndpoint(this.context, address, (sink) => {
      if (!isHandle(accepted)) return attachPlainSocket(accepted, sink);
      if (binding !== null && isTcpHandle(accepted, binding))
        return HandleSocket.accepted(sink, binding, accepted);
      return new RealSocket(sink, optionsFor(accepted));
    });
    return { endpoint, address };
  }
}
/** The longest path that fits in Linux's sockaddr_un; macOS and the BSDs take 4 bytes less. */
const UNIX_PATH_BYTES_MAX = process.platform === 'linux' ? 107 : 103;
/** libuv 1.46 (Node 20) cuts a path that is too long, and uses another one than it was given. */
function whyUnfit(address, syscall) {
  if (!isUnixAddress(address) || Buffer.byteLength(address.path) <= UNIX_PATH_BYTES_MAX) return null;
  const detail = `a socket's path takes at most ${UNIX_PATH_BYTES_MAX} bytes here`;
  return new TransportError('ENAMETOOLONG', { syscall, path: address.path }, detail);
}
/** Nothing is known of a peer that has reset the connection since. */
function remoteOf(accepted) {
  if (!isHandle(accepted)) return { host: accepted.remoteAddress ?? '', port: accepted.remotePort ?? 0 };
  const name = {};
  accepted.getpeername?.(name);
  return { host: name.address ?? '', port: name.port ?? 0 };
}
/** Whether this is an IP address and nothing else is asked for: then there is no name to resolve, and nothing to choose. */
function isPlain(remote, options) {
  if (isUnixAddress(remote) || options.local !== undefined) return false;
  const version = isIP(remote.host);
  return (
    version !== 0 &&
    remote.port > 0 &&
    (options.family === undefined || options.family === 0 || options.family === version)
  );
}
function dial(socket, remote, options) {
  const { local } = options;
  const target = {
    host: remote.host,
    port: remote.port,
    family: options.family ?? 0,
    localAddress: local?.host,
    localPort: local?.port,
  };
  if (local?.host === undefined || isIP(local.host) !== 0) {
    socket.connect(target);
    return;
  }
  lookup(local.host, { family: options.family ?? 0 }, (error, address) => {
    if (error !== null) socket.destroy(error);
    else if (!socket.destroyed) socket.connect({ ...target, localAddress: address });
  });
}
