// Questions to a name server, and its answers (RFC 1035, section 4). Answers come in the forms in which node:dns gives them.
import { SocketAddress } from 'node:net';
/** By the names that `dns.resolve` takes. */
export const TYPES = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  NAPTR: 35,
  TLSA: 52,
  ANY: 255,
  CAA: 257,
};
const NAMES = new Map(Object.entries(TYPES).map(([name, number]) => [number, name]));
/** Recursion desired, one question. */
const QUERY_HEAD = [1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
const CLASS_INTERNET = 1;
export function encodeQuery(id, name, type) {
  const labels = name.split('.').filter((label) => label !== '');
  const parts = labels.map((label) =>
    Buffer.concat([Buffer.of(Buffer.byteLength(label)), Buffer.from(label)]),
  );
  return Buffer.concat([
    Buffer.of(id >> 8, id & 255, ...QUERY_HEAD),
    ...parts,
    Buffer.of(0, type >> 8, type & 255, 0, CLASS_INTERNET),
  ]);
}
/** Null if `message` is no answer that can be read. */
export function decodeAnswer(message) {
  try {
    return new Reader(message).answer();
  } catch (error) {
    // Buffer's own RangeError where a number is cut short.
    if (error instanceof BadAnswer || error instanceof RangeError) return null;
    throw error;
  }
}
/** Never leaves this file; the code is c-ares's. */
class BadAnswer extends Error {
  constructor() {
    super(...arguments);
    this.code = 'EBADRESP';
  }
}
class Reader {
  constructor(message) {
    this.at = 12;
    this.message = message;
  }
  answer() {
    const { message } = this;
    const id = message.readUInt16BE(0);
    const code = message.readUInt8(3) & 15;
    for (let left = message.readUInt16BE(4); left > 0; left -= 1) {
      this.name();
      this.at += 4;
    }
    const records = [];
    for (let left = message.readUInt16BE(6); left > 0; left -= 1) {
      const record = this.record();
      if (record !== null) records.push(record);
    }
    return { id, code, records };
  }
  record() {
    this.name();
    const type = NAMES.get(this.short());
    this.at += 2;
    const ttl = this.long();
    const size = this.short();
    const end = this.at + size;
    const value = type === undefined ? null : this.data(type, end);
    this.at = end;
    return type === undefined || value === null ? null : { type, ttl, value };
  }
  data(type, end) {
    switch (type) {
      case 'A':
        return { address: [...this.bytes(4)].join('.') };
      case 'AAAA':
        return { address: ipv6Text(this.bytes(16)) };
      case 'CNAME':
      case 'NS':
      case 'PTR':
        return { value: this.name() };
      case 'MX':
        return { priority: this.short(), exchange: this.name() };
      case 'TXT':
        return { entries: this.strings(end) };
      case 'SRV': {
        const [priority, weight, port] = [this.short(), this.short(), this.short()];
        return { priority, weight, port, name: this.name() };
      }
      case 'SOA': {
        const [nsname, hostmaster] = [this.name(), this.name()];
        const [serial, refresh, retry, expire, minttl] = Array.from({ length: 5 }, () => this.long());
        return { nsname, hostmaster, serial, refresh, retry, expire, minttl };
      }
      case 'NAPTR': {
        const [order, preference] = [this.short(), this.short()];
        const [flags, service, regexp] = Array.from({ length: 3 }, () => this.string());
        return { flags, service, regexp, replacement: this.name(), order, preference };
      }
      case 'TLSA': {
        const [certUsage, selector, match] = [this.byte(), this.byte(), this.byte()];
        return { certUsage, selector, match, data: new Uint8Array(this.bytes(end - this.at)).buffer };
      }
      case 'CAA': {
        const critical = this.byte();
        return { critical, [this.string()]: this.bytes(end - this.at).toString('latin1') };
      }
      default:
        return null;
    }
  }
  /** A name, which may go on elsewhere in the message (RFC 1035, section 4.1.4); backwards only, so that it ends. */
  name() {
    const labels = [];
    let from = this.at;
    let limit = this.message.length;
    let isBehind = false;
    for (;;) {
      const size = this.message.readUInt8(from);
      if (size >= 0xc0) {
        const target = this.message.readUInt16BE(from) & 0x3fff;
        if (!isBehind) this.at = from + 2;
        isBehind = true;
        if (target >= limit) throw new BadAnswer('a name points forward');
        limit = target;
        from = target;
      } else if (size === 0) {
        if (!isBehind) this.at = from + 1;
        return labels.join('.');
      } else {
        labels.push(this.message.toString('latin1', from + 1, from + 1 + size));
        from += 1 + size;
      }
    }
  }
  strings(end) {
    const found = [];
    while (this.at < end) found.push(this.string());
    return found;
  }
  string() {
    return this.bytes(this.byte()).toString('utf8');
  }
  bytes(size) {
    if (this.at + size > this.message.length) throw new BadAnswer('a record is cut short');
    this.at += size;
    return this.message.subarray(this.at - size, this.at);
  }
  byte() {
    this.at += 1;
    return this.message.readUInt8(this.at - 1);
  }
  short() {
    this.at += 2;
    return this.message.readUInt16BE(this.at - 2);
  }
  long() {
    this.at += 4;
    return this.message.readUInt32BE(this.at - 4);
  }
}
function ipv6Text(bytes) {
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  return new SocketAddress({ family: 'ipv6', address: groups.join(':') }).address;
}
