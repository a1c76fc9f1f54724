import { lookup } from 'node:dns';
import { createServer, isIP, type Socket, type TcpNetConnectOpts } from 'node:net';
import { type Address, checkAddress, type InternetAddress, isUnixAddress } from '../core/address.ts';
import { checkOptions } from '../core/arguments.ts';
import { TransportError } from '../core/errors.ts';
import type {
  Accepted,
  ConnectOptions,
  Endpoint,
  Listener,
  ListenOptions,
  OpenFileOptions,
  ResolvedAddress,
  Transport,
} from '../core/transport.ts';
import { checkConnectOptions, checkListenOptions } from '../core/transport-options.ts';
import { RealDriver } from './driver.ts';
import { FailedEndpoint } from './failed-endpoint.ts';
import { HandleSocket } from './handle-socket.ts';
import { openRealFile } from './open-file.ts';
import { attachPlainSocket } from './plain-socket.ts';
import { type AcceptedHandle, isHandle, isTcpHandle, optionsFor } from './private-handle.ts';
import { RealContext } from './real-context.ts';
import { RealEndpoint } from './real-endpoint.ts';
import { RealListener } from './real-listener.ts';
import { RealSocket } from './real-socket.ts';
import { runSoon } from './system-clock.ts';
import { toTransportError } from './transport-error.ts';

export interface RealTransportOptions {
  /** Told of each I/O event, so that turns run within it. Default: one of its own. */
  readonly driver?: RealDriver;
  /** Whether received views are overwritten after the turn, which finds programs that keep them. Default false. */
  readonly poisonsViews?: boolean;
  /**
   * Whether accepted connections are read into large re-used buffers, which leans on a private field of node:net.
   * Default true, and false by itself where that field is missing. A program sees no difference but speed.
   */
  readonly usesHandles?: boolean;
}

/** The transport interface over this machine's sockets and files. */
export class RealTransport implements Transport {
  private readonly context: RealContext;

  constructor(options: RealTransportOptions = {}) {
    checkOptions('options', options);
    this.context = new RealContext(options.driver ?? new RealDriver(), {
      poisonsViews: options.poisonsViews ?? false,
      usesHandles: options.usesHandles ?? true,
    });
  }

  connect(remote: Address, options: ConnectOptions = {}): Endpoint {
    checkAddress('remote', remote);
    checkConnectOptions(options);
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

  listen(local: Address, options: ListenOptions = {}): Listener {
    checkAddress('local', local);
    checkListenOptions(options);
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true });
    const listener = new RealListener(this.context, server, local, (socket) => this.admit(socket, local));
    const unfit = whyUnfit(local, 'listen');
    if (unfit !== null) runSoon(() => server.emit('error', unfit));
    else server.listen({ ...local, backlog: options.backlog, ipv6Only: options.ipv6Only });
    listener.noteAddress();
    return listener;
  }

  openFile(file: string | number, options: OpenFileOptions = {}): Endpoint {
    return openRealFile(this.context, file, options);
  }

  resolve(
    name: string,
    family: 0 | 4 | 6,
    callback: (error: TransportError | null, addresses: readonly ResolvedAddress[]) => void,
  ): void {
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

  private admit(accepted: Socket | AcceptedHandle, local: Address): Accepted {
    const address = isUnixAddress(local) ? local : remoteOf(accepted, local);
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
function whyUnfit(address: Address, syscall: string): TransportError | null {
  if (!isUnixAddress(address) || Buffer.byteLength(address.path) <= UNIX_PATH_BYTES_MAX) return null;
  const detail = `a socket's path takes at most ${UNIX_PATH_BYTES_MAX} bytes here`;
  return new TransportError('ENAMETOOLONG', { syscall, path: address.path }, detail);
}

/** Nothing is known of a peer that has reset the connection since: it gets the unspecified address of its family. */
function remoteOf(accepted: Socket | AcceptedHandle, local: InternetAddress): InternetAddress {
  const name: { address?: string; port?: number } = {};
  if (isHandle(accepted)) accepted.getpeername?.(name);
  else {
    name.address = accepted.remoteAddress;
    name.port = accepted.remotePort;
  }
  const { address = local.host.includes(':') ? '::' : '0.0.0.0', port = 0 } = name;
  return { host: address, port };
}

/** Whether this is an IP address and nothing else is asked for: then there is no name to resolve, and nothing to choose. */
function isPlain(remote: Address, options: ConnectOptions): remote is InternetAddress {
  if (isUnixAddress(remote) || options.local !== undefined) return false;
  const version = isIP(remote.host);
  return (
    version !== 0 &&
    remote.port > 0 &&
    (options.family === undefined || options.family === 0 || options.family === version)
  );
}

function dial(socket: Socket, remote: InternetAddress, options: ConnectOptions): void {
  const { local } = options;
  const target: TcpNetConnectOpts = {
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
