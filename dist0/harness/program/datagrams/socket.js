// dgram.Socket on the simulated network, for what a program asks of it beside its TCP: a name server, metrics, a discovery by address.
import { AsyncResource } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import { getSystemErrorMap } from 'node:util';
import { callSite, captureStack, noteSite, ProgramError } from '../errors.js';
import { installed } from '../facade.js';

/** UDP's own limit over IPv4: 65,535 bytes less both headers. */
const SIZE_BYTES_MAX = 65_507;
const LOOPBACK = { 4: '127.0.0.1', 6: '::1' };
const UNSPECIFIED = { 4: '0.0.0.0', 6: '::' };
/** What sets an option of the system's socket, and changes nothing here. */
export const OPTION_SETTERS = [
  'setBroadcast',
  'setMulticastInterface',
  'setMulticastLoopback',
  'setMulticastTTL',
  'setRecvBufferSize',
  'setSendBufferSize',
  'setTTL',
];
/** What joins and leaves groups, which the simulation has none of. */
export const MULTICAST = [
  'addMembership',
  'addSourceSpecificMembership',
  'dropMembership',
  'dropSourceSpecificMembership',
];
/** Lives on the simulation that is installed when it is made. */
export class DatagramSocket extends EventEmitter {
  constructor(given, onMessage) {
    super();
    this.local = { address: '', port: 0 };
    this.resource = new AsyncResource('UDPWRAP', { requireManualDestroy: true });
    this.state = 'new';
    this.peer = null;
    this.isRef = true;
    this.site = noteSite();
    this.handle = {
      kind: 'socket',
      socket: this,
      get clock() {
        return this.socket.host.clock;
      },
      get keepsAlive() {
        return this.socket.isRef && this.socket.state !== 'closed';
      },
      get origin() {
        return this.socket.site.stack;
      },
      describe() {
        const { address, port } = this.socket.local;
        return `datagram socket ${address}${port > 0 ? `:${port}` : ''}`.trim();
      },
      dispose() {
        if (this.socket.state !== 'closed') this.socket.close();
      },
    };
    const world = installed().datagrams;
    const options = typeof given === 'string' ? { type: given } : given;
    if (options?.type !== 'udp4' && options?.type !== 'udp6')
      throw nodeError(
        TypeError,
        'ERR_SOCKET_BAD_TYPE',
        'Bad socket type specified. Valid types are: udp4, udp6',
      );
    this.type = options.type;
    this.family = options.type === 'udp6' ? 6 : 4;
    this.world = world;
    this.host = world.host();
    this.mayShare = Boolean(options.reuseAddr || options.reusePort);
    this.lookup = options.lookup ?? world.context.lookup;
    if (typeof onMessage === 'function') this.on('message', onMessage);
    const { signal } = options;
    if (signal?.aborted) process.nextTick(() => this.state === 'closed' || this.close());
    else signal?.addEventListener('abort', () => this.state === 'closed' || this.close(), { once: true });
  }
  bind(...args) {
    this.expectOpen();
    if (this.state !== 'new') throw nodeError(Error, 'ERR_SOCKET_ALREADY_BOUND', 'Socket is already bound');
    const callback = args.at(-1);
    const [first, second] = args;
    const options = typeof first === 'object' && first !== null ? first : { port: first, address: second };
    const port =
      typeof options.port === 'function' || options.port == null ? 0 : checkPort(options.port, true);
    const address = typeof options.address === 'string' ? options.address : '';
    if (typeof callback === 'function') this.once('listening', callback);
    this.bindTo(address, port);
    return this;
  }
  /** `send(msg, [offset, length], [port], [address], [callback])` */
  send(...args) {
    this.expectOpen();
    const callback = typeof args.at(-1) === 'function' ? args.pop() : null;
    const [given, ...rest] = args;
    const isSlice = rest.length >= 2 && typeof rest[0] === 'number' && typeof rest[1] === 'number';
    const [offset, length] = isSlice ? rest.splice(0, 2) : [0, undefined];
    const whole = toBuffer(given);
    const bytes = Buffer.from(whole.subarray(offset, length === undefined ? undefined : offset + length));
    if (this.peer !== null && rest.length > 0 && rest[0] !== undefined)
      throw nodeError(Error, 'ERR_SOCKET_DGRAM_IS_CONNECTED', 'Already connected');
    const port = this.peer?.port ?? checkPort(rest[0], false);
    const address = this.peer?.address ?? (rest[1] || LOOPBACK[this.family]);
    if (this.state === 'new') this.bindTo('', 0);
    this.resolve(address, (error, numeric) => {
      if (error !== null || bytes.length > SIZE_BYTES_MAX)
        this.fail(error ?? systemError('EMSGSIZE', 'send', { address, port }), callback);
      else
        this.whenBound(() => {
          this.world.network.send(this.host, this, bytes, { address: numeric, port });
          if (callback !== null) callback(null, bytes.length);
        });
    });
  }
  connect(port, ...rest) {
    this.expectOpen();
    const checked = checkPort(port, false);
    if (this.peer !== null) throw nodeError(Error, 'ERR_SOCKET_DGRAM_IS_CONNECTED', 'Already connected');
    const callback = rest.at(-1);
    const address = typeof rest[0] === 'string' && rest[0] !== '' ? rest[0] : LOOPBACK[this.family];
    if (typeof callback === 'function') this.once('connect', callback);
    if (this.state === 'new') this.bindTo('', 0);
    this.resolve(address, (error, numeric) => {
      if (error !== null) this.emit('error', error);
      else
        this.whenBound(() => {
          this.peer = { address: numeric, port: checked };
          this.emit('connect');
        });
    });
  }
  disconnect() {
    if (this.peer === null) throw nodeError(Error, 'ERR_SOCKET_DGRAM_NOT_CONNECTED', 'Not connected');
    this.peer = null;
  }
  remoteAddress() {
    if (this.peer === null) throw nodeError(Error, 'ERR_SOCKET_DGRAM_NOT_CONNECTED', 'Not connected');
    return { ...this.peer, family: familyName(this.peer.address) };
  }
  address() {
    this.expectOpen();
    if (this.state !== 'bound') throw systemError('EBADF', 'getsockname');
    return { ...this.local, family: familyName(this.local.address) };
  }
  close(callback) {
    if (typeof callback === 'function') this.once('close', callback);
    this.expectOpen();
    this.state = 'closed';
    this.world.network.unbind(this.host, this);
    this.world.context.openHandles.delete(this.handle);
    this.resource.emitDestroy();
    process.nextTick(() => this.emit('close'));
    return this;
  }
  async [Symbol.asyncDispose]() {
    if (this.state !== 'closed') await new Promise((resolve) => this.close(() => resolve()));
  }
  ref() {
    this.isRef = true;
    return this;
  }
  unref() {
    this.isRef = false;
    return this;
  }
  getRecvBufferSize() {
    return 212_992;
  }
  getSendBufferSize() {
    return 212_992;
  }
  getSendQueueSize() {
    return 0;
  }
  getSendQueueCount() {
    return 0;
  }
  onDatagram(bytes, from) {
    if (this.peer !== null && (this.peer.port !== from.port || this.peer.address !== from.address)) return;
    const about = { ...from, family: familyName(from.address), size: bytes.length };
    this.later(() => this.emit('message', bytes, about));
  }
  onUnreachable() {
    if (this.peer !== null) this.later(() => this.emit('error', systemError('ECONNREFUSED', 'recv')));
  }
  bindTo(address, port) {
    this.state = 'binding';
    this.world.context.openHandles.add(this.handle);
    this.resolve(address === '' ? UNSPECIFIED[this.family] : address, (error, numeric) => {
      if (error !== null) {
        this.state = 'new';
        this.world.context.openHandles.delete(this.handle);
        this.emit('error', error);
        return;
      }
      this.local = { address: numeric, port: port === 0 ? this.world.network.freePort(this.host) : port };
      const refusal = this.world.network.bind(this.host, this, this.mayShare);
      if (refusal !== null) {
        this.state = 'new';
        this.world.context.openHandles.delete(this.handle);
        this.emit('error', systemError(refusal, 'bind', this.local));
        return;
      }
      this.state = 'bound';
      this.emit('listening');
    });
  }
  resolve(name, callback) {
    this.lookup(name, this.family, (error, address) => {
      if (this.state !== 'closed') callback(error, address);
    });
  }
  whenBound(action) {
    if (this.state === 'bound') action();
    else this.once('listening', action);
  }
  fail(error, callback) {
    if (callback === null) this.emit('error', error);
    else callback(error);
  }
  later(action) {
    process.nextTick(() => {
      if (this.state === 'bound') this.resource.runInAsyncScope(action);
    });
  }
  expectOpen() {
    if (this.state === 'closed') throw nodeError(Error, 'ERR_SOCKET_DGRAM_NOT_RUNNING', 'Not running');
  }
  static {
    const { prototype } = DatagramSocket;
    for (const name of OPTION_SETTERS)
      Object.defineProperty(prototype, name, { value: () => undefined, configurable: true, writable: true });
    for (const name of MULTICAST)
      Object.defineProperty(prototype, name, {
        value() {
          refuse(this.world, `dgram.Socket.${name}()`);
        },
        configurable: true,
        writable: true,
      });
  }
}
function refuse(world, what) {
  const site = `${what} called ${callSite(captureStack(refuse))}`;
  world.onEscape(site);
  throw new ProgramError('ERR_ESCAPED', `${site} would leave the simulation: it has no multicast`);
}
function toBuffer(given) {
  if (typeof given === 'string') return Buffer.from(given);
  if (Array.isArray(given)) return Buffer.concat(given.map(toBuffer));
  if (ArrayBuffer.isView(given)) return Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  throw nodeError(
    TypeError,
    'ERR_INVALID_ARG_TYPE',
    'The "buffer" argument must be of type string or an instance of Buffer, TypedArray, or DataView.',
  );
}
function checkPort(value, mayBeZero) {
  const port = Number(value);
  if (Number.isInteger(port) && port >= (mayBeZero ? 0 : 1) && port < 65536 && value !== '') return port;
  throw nodeError(
    RangeError,
    'ERR_SOCKET_BAD_PORT',
    `Port should be ${mayBeZero ? '>=' : '>'} 0 and < 65536. Received ${String(value)}.`,
  );
}
function familyName(address) {
  return address.includes(':') ? 'IPv6' : 'IPv4';
}
function nodeError(Base, code, message) {
  return Object.assign(new Base(message), { code });
}
/** `bind EADDRINUSE 0.0.0.0:53` */
function systemError(code, syscall, at) {
  const errno = [...getSystemErrorMap()].find(([, [name]]) => name === code)?.[0];
  const where = at === undefined ? '' : ` ${at.address}:${at.port}`;
  return Object.assign(new Error(`${syscall} ${code}${where}`), { errno, code, syscall, ...at });
}
