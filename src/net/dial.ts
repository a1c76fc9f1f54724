// How a socket connects: look the name up, then try the address, or several in turn ("happy eyeballs", RFC 8305).
import { type BlockList, isIP } from 'node:net';
import type { Address, ConnectOptions, TransportError } from '../core/index.ts';
import { checkBoolean, checkFunction, checkInt32, checkNumber, checkPort, checkString } from './arguments.ts';
import { blockedError, blockListOf, isBlocked } from './block-list.ts';
import { CONTEXT } from './context.ts';
import { DialRace } from './dial-race.ts';
import type { Lookup, LookupAddress, LookupOptions } from './lookup.ts';
import { addressError, invalidArgType, invalidArgValue, nodeError, type SystemError } from './node-errors.ts';
import type { FacadeSocket } from './socket.ts';
import { refusalOf } from './socket-files.ts';
import { STATE } from './socket-state.ts';

export interface DialOptions {
  port?: number | string;
  path?: string;
  host?: string;
  family?: LookupOptions['family'];
  hints?: number;
  lookup?: Lookup;
  localAddress?: string;
  localPort?: number;
  autoSelectFamily?: boolean;
  autoSelectFamilyAttemptTimeout?: number;
  blockList?: unknown;
}

const UNSPECIFIED: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/** One address to try. */
export interface Target {
  readonly address: string;
  readonly port: number;
  readonly family: 4 | 6;
}

/** One call of `socket.connect`. */
export class Dial {
  readonly socket: FacadeSocket;
  readonly options: DialOptions;
  readonly blockList: BlockList | undefined;
  /** Whether the transport's own lookup is under way; a program's lookup keeps its own process alive, or not. */
  isResolving = false;
  private race: DialRace | null = null;

  constructor(socket: FacadeSocket, options: DialOptions) {
    this.socket = socket;
    this.options = options;
    this.blockList = blockListOf(options.blockList);
  }

  /** Whether the socket still waits for this dial, and not for a later one, or none. */
  get isWanted(): boolean {
    return this.socket.connecting && this.socket[STATE].dial === this;
  }

  start(): void {
    const { socket, options } = this;
    const port = options.path != null ? 0 : checkDialOptions(options);
    socket[STATE].dial = this;
    if (options.path != null) {
      const { path } = options;
      socket.emit('connectionAttempt', path, undefined, undefined);
      if (!this.isWanted) return;
      this.open({ path }, {}, (error) => this.finish(error, { address: path }));
      return;
    }
    const host = options.host || 'localhost';
    const family = isIP(host);
    if (family === 4 || family === 6) {
      const target: Target = { address: host, port, family };
      process.nextTick(() => this.isWanted && this.attempt(target));
      return;
    }
    this.resolve(host, port);
  }

  cancel(): void {
    this.race?.cancel();
  }

  fail(error: Error): void {
    if (this.isWanted) this.socket.destroy(error);
  }

  failSoon(error: Error): void {
    process.nextTick(() => this.fail(error));
  }

  /** Starts the handle on its way; `callback` is not called if the socket is destroyed first. */
  open(remote: Address, options: ConnectOptions, callback: (error: TransportError | null) => void): void {
    const { host, handle } = this.socket[STATE];
    handle?.connect(host.transport, { remote, options }, callback);
  }

  localEnd(): ConnectOptions {
    // What is empty, unspecified or 0 leaves the choice to the machine, as in Node.
    const { localAddress, localPort } = this.options;
    const host = localAddress && !UNSPECIFIED.has(localAddress) ? localAddress : undefined;
    return host || localPort ? { local: { host, port: localPort || undefined } } : {};
  }

  /** The error of an attempt at `target`, in Node's form. */
  errorOf(error: TransportError, target: { address: string; port?: number }): SystemError {
    const { localAddress, localPort } = this.options;
    const { files } = this.socket[CONTEXT];
    const isAbsent = error.code === 'ENOENT' && target.port === undefined;
    if (isAbsent && files !== undefined)
      return addressError(refusalOf(files, target.address), 'connect', target);
    if (error.syscall === 'bind') {
      const any = target.address.includes(':') ? '::' : '0.0.0.0';
      return addressError(error.code, 'bind', { address: localAddress || any, port: localPort });
    }
    const hasLocal = Boolean(localAddress && localPort);
    const local = hasLocal ? `${localAddress}:${localPort}` : undefined;
    const made = addressError(error.code, 'connect', { ...target, local });
    if (hasLocal) Object.assign(made, { localAddress, localPort });
    return made;
  }

  private resolve(host: string, port: number): void {
    const { socket, options } = this;
    const family = options.family;
    const lookup = options.lookup ?? socket[CONTEXT].lookup;
    const isRace =
      (options.autoSelectFamily ?? socket[CONTEXT].autoSelectFamily) &&
      family !== 4 &&
      family !== 6 &&
      !options.localAddress;
    const query: LookupOptions = { family, hints: options.hints ?? 0 };
    if (isRace) query.all = true;
    socket._host = host;
    this.isResolving = lookup === socket[CONTEXT].lookup;
    lookup(host, query, (error, found, addressFamily) => {
      this.isResolving = false;
      if (isRace && (error != null || Array.isArray(found)))
        this.useAddresses(error, (found ?? []) as LookupAddress[], { host, port });
      else
        this.useAddress(error, { address: found as string, family: addressFamily as number }, { host, port });
    });
  }

  private useAddress(error: Error | null, found: LookupAddress, asked: { host: string; port: number }): void {
    const { socket } = this;
    socket.emit('lookup', error, found.address, found.family, asked.host);
    if (!this.isWanted) return;
    if (error != null) this.failSoon(error);
    else if (typeof found.address !== 'string' || !isIP(found.address))
      this.failSoon(badAddress(found.address));
    else if (found.family !== 4 && found.family !== 6) this.failSoon(badFamily(found.family, asked));
    else {
      socket._unrefTimer();
      this.attempt({ address: found.address, port: asked.port, family: found.family });
    }
  }

  private useAddresses(
    error: Error | null,
    found: readonly LookupAddress[],
    asked: { host: string; port: number },
  ): void {
    const { socket } = this;
    if (!this.isWanted) return;
    if (error != null) {
      socket.emit('lookup', error, undefined, undefined, asked.host);
      this.failSoon(error);
      return;
    }
    const targets: Target[] = [];
    for (const { address, family } of found) {
      socket.emit('lookup', null, address, family, asked.host);
      if (!this.isWanted) return;
      if (isIP(address) && (family === 4 || family === 6))
        targets.push({ address, port: asked.port, family });
    }
    if (targets.length === 0) {
      const first = found[0] ?? { address: '', family: 0 };
      this.failSoon(isIP(first.address) ? badFamily(first.family, asked) : badAddress(first.address));
      return;
    }
    socket._unrefTimer();
    const inTurn = alternateFamilies(targets);
    if (inTurn.length === 1) {
      this.attempt(inTurn[0]);
      return;
    }
    this.race = new DialRace(this, inTurn);
    this.race.next();
  }

  private attempt(target: Target): void {
    const { socket } = this;
    if (isBlocked(this.blockList, target)) {
      socket.destroy(blockedError(target.address));
      return;
    }
    socket.emit('connectionAttempt', target.address, target.port, target.family);
    if (!this.isWanted) return;
    const remote = { host: target.address, port: target.port };
    this.open(remote, this.localEnd(), (error) => this.finish(error, target));
  }

  private finish(
    error: TransportError | null,
    target: { address: string; port?: number; family?: number },
  ): void {
    const { socket } = this;
    if (error === null) {
      socket.finishConnect();
      return;
    }
    const failure = this.errorOf(error, { address: target.address, port: target.port });
    socket.connecting = false;
    socket.emit('connectionAttemptFailed', target.address, target.port, target.family, failure);
    socket.destroy(failure);
  }
}

function checkDialOptions(options: DialOptions): number {
  const { localAddress, localPort, port, autoSelectFamily, autoSelectFamilyAttemptTimeout } = options;
  if (options.host) checkHost(options.host);
  if (localAddress && !isIP(localAddress)) throw badAddress(localAddress);
  if (localPort) checkNumber(localPort, 'options.localPort');
  if (typeof port !== 'number' && typeof port !== 'string')
    throw invalidArgType('options.port', 'one of type number or string', port);
  const checked = checkPort(port);
  if (autoSelectFamily != null) checkBoolean(autoSelectFamily, 'options.autoSelectFamily');
  if (autoSelectFamilyAttemptTimeout != null)
    checkInt32(autoSelectFamilyAttemptTimeout, 'options.autoSelectFamilyAttemptTimeout', 1);
  if (options.lookup != null) checkFunction(options.lookup, 'options.lookup');
  return checked;
}

/** A text without a byte of zero, at which the system's own resolver would stop reading. */
function checkHost(host: unknown): void {
  checkString(host, 'options.host');
  if ((host as string).includes('\0'))
    throw invalidArgValue('options.host', host, 'must be a string without null bytes');
}

/** The first address's family first, then one of each in turn, as RFC 8305 section 4 has it. */
function alternateFamilies(targets: readonly Target[]): Target[] {
  const first = targets.filter(({ family }) => family === targets[0].family);
  const second = targets.filter(({ family }) => family !== targets[0].family);
  const inTurn: Target[] = [];
  for (let index = 0; index < Math.max(first.length, second.length); index += 1) {
    if (index < first.length) inTurn.push(first[index]);
    if (index < second.length) inTurn.push(second[index]);
  }
  return inTurn;
}

function badAddress(address: unknown): SystemError {
  return nodeError(TypeError, 'ERR_INVALID_IP_ADDRESS', `Invalid IP address: ${String(address)}`);
}

function badFamily(family: unknown, asked: { host: string; port: number }): SystemError {
  const message = `Invalid address family: ${String(family)} ${asked.host}:${asked.port}`;
  return Object.assign(nodeError(RangeError, 'ERR_INVALID_ADDRESS_FAMILY', message), asked);
}
