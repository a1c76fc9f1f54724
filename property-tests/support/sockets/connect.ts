// The ways to connect a socket.
import { isIPv6, type LookupFunction, type Socket } from 'node:net';
import type { NetModule } from '../../../src/net/index.ts';
import type { ConnectForm, SocketSettings } from './program.ts';

export interface Destination {
  /** Where the server is. */
  readonly host: '127.0.0.1' | '::1';
  readonly port: number;
  /** Instead, a Unix-domain server. */
  readonly path: string | undefined;
}

/** Nobody listens there. */
const UNUSED_PORT = 1;

/** A socket on its way, and how it can be sent there again. */
export function connectSocket(
  net: NetModule,
  { host, port, path }: Destination,
  how: { readonly form: ConnectForm; readonly settings: SocketSettings; readonly onConnect: () => void },
): { readonly socket: Socket; readonly again: () => void } {
  const { form, settings, onConnect } = how;
  const there = path === undefined ? { host, port } : { path };
  const options = { ...settings, noDelay: true, ...there } as unknown as { host: string; port: number };
  const made = (socket: Socket) => ({ socket, again: () => void socket.connect(there as { port: number }) });
  switch (form) {
    case 'arguments':
      return made(
        path === undefined
          ? net.connect(port, host, onConnect).setNoDelay()
          : net.connect(path, onConnect).setNoDelay(),
      );
    case 'options':
      return made(net.createConnection(options, onConnect));
    case 'constructor':
      return made(
        new net.Socket({ ...settings, noDelay: true } as object).connect(there as { port: number }),
      );
    case 'lookup':
      return made(net.connect({ ...options, host: 'server.test', lookup: answering([host]) }, onConnect));
    case 'race':
      return made(
        net.connect(
          { ...options, host: 'server.test', lookup: answering([otherThan(host), host]) },
          onConnect,
        ),
      );
    case 'refused':
      return made(net.connect({ ...options, port: UNUSED_PORT, ...(path && { path: `${path}x` }) }));
    default:
      return made(net.connect({ ...options, host: 'absent.test', lookup: notFound }));
  }
}

function otherThan(host: string): string {
  return isIPv6(host) ? '127.0.0.1' : '::1';
}

function answering(hosts: readonly string[]): LookupFunction {
  return (_name, options, callback) => {
    const found = hosts.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
    process.nextTick(() => {
      if (options.all) callback(null, found as never);
      else callback(null, found.at(-1)!.address, found.at(-1)!.family);
    });
  };
}

const notFound: LookupFunction = (name, _options, callback) => {
  const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), {
    code: 'ENOTFOUND',
    syscall: 'getaddrinfo',
  });
  process.nextTick(callback, error, '', 0);
};
