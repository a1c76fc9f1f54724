// A host's disk as programs notice it: how full it is, how slow, and when it fails. What is on it is the volume's.
import { checkInteger, checkOptions, checkText, show } from '../../core/arguments.js';
import { ArgumentError } from '../../core/errors.js';
import { DISK, STALL, STALL_MS } from '../decisions/label.js';
import { checkLatency } from '../link/latency.js';

/** With what an operation can fail by decision, after what part of it; the first is choice 1. See open(2), read(2), write(2). */
const BY_DECISION = {
  open: [
    ['EIO', false],
    ['EACCES', false],
    ['EMFILE', false],
    ['ENOENT', false],
  ],
  create: [
    ['EIO', false],
    ['EACCES', false],
    ['EMFILE', false],
    ['EROFS', false],
  ],
  read: [['EIO', false]],
  write: [
    ['EIO', false],
    ['ENOSPC', true],
    ['ENOSPC', false],
    ['EDQUOT', false],
  ],
};
const OPERATIONS = ['open', 'read', 'write'];
export class Disk {
  constructor(host, volume) {
    this.capacityBytes = Number.POSITIVE_INFINITY;
    this.delayMsMin = 0;
    this.jitterMs = 0;
    this.failures = [];
    this.host = host;
    this.volume = volume;
  }
  /** How many bytes all files together may have; a write beyond is cut short, and then ENOSPC (write(2)). Infinity: any. */
  capacity(options) {
    checkOptions(`the capacity of ${this}`, options);
    const { bytes } = options;
    if (bytes !== Number.POSITIVE_INFINITY) checkInteger('bytes', bytes, 0);
    this.capacityBytes = bytes;
    return this.notePlan('capacity', `${bytes} bytes`);
  }
  /** Delays each operation from now on by a whole number of milliseconds; the draw is a decision, 0 is the least. */
  latency(options) {
    const { min, jitterMs } = checkLatency(options, `${this}`);
    this.delayMsMin = min;
    this.jitterMs = jitterMs;
    return this.notePlan('latency', `${min} to ${min + jitterMs} ms`);
  }
  /** Fails the next `count` operations of a kind. */
  failNext(count, failure) {
    checkInteger('count', count, 0);
    checkOptions('failure', failure);
    const { on, code = 'EIO' } = failure;
    if (!OPERATIONS.includes(on))
      throw new ArgumentError('ERR_INVALID_ARG_VALUE', `on must be open, read or write, got ${show(on)}`);
    checkText('code', code);
    for (let added = 0; added < count; added += 1) this.failures.push({ on, code });
    return this.notePlan('fail', `the next ${count} with ${code} on ${on}`);
  }
  /** How many bytes all files together have. */
  get usedBytes() {
    let total = 0;
    for (const content of this.contents().values()) total += content?.length ?? 0;
    return total;
  }
  /** @internal How long the next operation takes, in milliseconds. */
  delayMs(operation) {
    const { network } = this.host;
    let delayMs = this.delayMsMin;
    if (this.jitterMs > 0) delayMs += network.choose(`latency ${this}`, this.jitterMs + 1);
    if ((network.mask & (1 << STALL.index)) === 0) return delayMs;
    const choice = network.decisions.decide(STALL, STALL_MS.length);
    if (choice !== 0 && network.countFault(STALL))
      network.tellFault(this, `stalls for ${STALL_MS[choice]} ms before the ${operation}`);
    return delayMs + STALL_MS[choice];
  }
  /** @internal The code that opening fails with, or null. */
  judgeOpen(isForWriting) {
    return this.judge('open', 0, 0, isForWriting ? 'create' : 'open').code;
  }
  /** @internal What becomes of an operation on `sizeBytes` bytes that makes a file larger by `growthBytes`. */
  judge(operation, sizeBytes, growthBytes, kind = operation) {
    const planned = this.failures.findIndex(({ on }) => on === operation);
    if (planned >= 0) return { sizeBytes: 0, code: this.failures.splice(planned, 1)[0].code };
    const verdict = this.decide(operation, sizeBytes, kind);
    if (verdict !== null) return verdict;
    if (growthBytes <= 0 || this.capacityBytes === Number.POSITIVE_INFINITY) return { sizeBytes, code: null };
    const missing = growthBytes - Math.max(0, this.capacityBytes - this.usedBytes);
    return missing <= 0
      ? { sizeBytes, code: null }
      : { sizeBytes: Math.max(0, sizeBytes - missing), code: 'ENOSPC' };
  }
  /** @internal What is on it and what it will do, as text, for merging equal states. */
  stateText() {
    let text = `${this.capacityBytes},${this.delayMsMin},${this.jitterMs}`;
    for (const { on, code } of this.failures) text += ` ${on}:${code}`;
    for (const [path, content] of this.contents())
      text += `\n${path}=${this.inodeOf(path)}${content?.toString('latin1') ?? ''}`;
    return text;
  }
  toString() {
    return `disk of ${this.host.name}`;
  }
  /** Where the family `disk` may deviate: the operation fails, at once or half way. */
  decide(operation, sizeBytes, kind) {
    const { network } = this.host;
    if ((network.mask & (1 << DISK.index)) === 0) return null;
    const choice = network.decisions.decide(DISK, BY_DECISION[kind].length + 1);
    if (choice === 0) return null;
    const [code, isHalf] = BY_DECISION[kind][choice - 1];
    const fits = isHalf ? sizeBytes >> 1 : 0;
    const full = `it is full after ${fits} of the ${sizeBytes} bytes of a write: ${code}`;
    if (network.countFault(DISK))
      network.tellFault(this, isHalf ? full : `the ${operation} fails with ${code}`);
    return { sizeBytes: fits, code };
  }
  /** A file may have several paths, and be open under none. */
  inodeOf(path) {
    return this.volume.existsSync(path) ? `${this.volume.lstatSync(path).ino}:` : '';
  }
  contents() {
    const all = this.volume.toJSON(undefined, {}, false, true);
    return new Map(Object.entries(all));
  }
  notePlan(kind, detail) {
    this.host.network.notePlan();
    this.host.network.record(`${this}`, kind, detail);
    return this;
  }
}
