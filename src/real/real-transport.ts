import { connect, createServer, type IpcNetConnectOpts } from 'node:net';
import { type Address, isUnixAddress } from '../core/address.ts';
import { StateError } from '../core/errors.ts';
import type {
  Accepted,
  ConnectOptions,
  Endpoint,
  Listener,
  ListenOptions,
  OpenFileOptions,
  Transport,
} from '../core/transport.ts';
import { RealDriver } from './driver.ts';
import { RealEndpoint } from './real-endpoint.ts';
import { RealListener } from './real-listener.ts';

export interface RealTransportOptions {
  /** Told of each I/O event, so that turns run within it. Default: one of its own. */
  readonly driver?: RealDriver;
}

/** The transport interface over this machine's sockets and files. */
export class RealTransport implements Transport {
  private readonly driver: RealDriver;

  constructor(options: RealTransportOptions = {}) {
    this.driver = options.driver ?? new RealDriver();
  }

  connect(remote: Address, options: ConnectOptions = {}): Endpoint {
    const socket = isUnixAddress(remote)
      ? connect({ path: remote.path, allowHalfOpen: true } as IpcNetConnectOpts)
      : connect({
          host: remote.host,
          port: remote.port,
          family: options.family ?? 0,
          localAddress: options.local?.host,
          localPort: options.local?.port,
          noDelay: true,
          allowHalfOpen: true,
        });
    return new RealEndpoint(this.driver, socket, remote);
  }

  listen(local: Address, options: ListenOptions = {}): Listener {
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true });
    const listener = new RealListener(this.driver, server, local, (socket, address): Accepted => {
      const remote = isUnixAddress(address)
        ? address
        : { host: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
      const endpoint = new RealEndpoint(this.driver, socket, remote);
      socket.resume();
      return { endpoint, address: remote };
    });
    server.listen({ ...local, backlog: options.backlog, ipv6Only: options.ipv6Only });
    return listener;
  }

  openFile(_file: string | number, _options?: OpenFileOptions): Endpoint {
    throw new StateError('ERR_NOT_IMPLEMENTED', 'openFile is not there yet');
  }
}
