// Questions to a name server, and its answers (RFC 1035, section 4). Answers come in the forms in which node:dns gives them.
import { SocketAddress } from 'node:net';

/** By the names that `dns.resolve` takes. */
export const TYPES: Readonly<Record<string, number>> = {
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

/** One record of an answer; `value` is what `dns.resolveAny` gives but for `type`. */
export interface DnsRecord {
  readonly type: string;
  readonly ttl: number;
  readonly value: Record<string, unknown>;
}

export interface DnsAnswer {
  readonly id: number;
  /** 0 for success, 3 for a name that does not exist (RFC 1035, section 4.1.1). */
  readonly code: number;
  readonly records: readonly DnsRecord[];
}

export function encodeQuery(id: number, name: string, type: number): Buffer {
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
export function decodeAnswer(message: Buffer): DnsAnswer | null {
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
  readonly code = 'EBADRESP';
}

class Reader {
  private readonly message: Buffer;
  private at = 12;

  constructor(message: Buffer) {
    this.message = message;
  }

  answer(): DnsAnswer {
    const { message } = this;
    const id = message.readUInt16BE(0);
    const code = message.readUInt8(3) & 15;
    for (let left = message.readUInt16BE(4); left > 0; left -= 1) {
      this.name();
      this.at += 4;
    }
    const records: DnsRecord[] = [];
    for (let left = message.readUInt16BE(6); left > 0; left -= 1) {
      const record = this.record();
      if (record !== null) records.push(record);
    }
    return { id, code, records };
  }

  private record(): DnsRecord | null {
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

  private data(type: string, end: number): Record<string, unknown> | null {
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
  private name(): string {
    const labels: string[] = [];
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

  private strings(end: number): string[] {
    const found: string[] = [];
    while (this.at < end) found.push(this.string());
    return found;
  }

  private string(): string {
    return this.bytes(this.byte()).toString('utf8');
  }

  private bytes(size: number): Buffer {
    if (this.at + size > this.message.length) throw new BadAnswer('a record is cut short');
    this.at += size;
    return this.message.subarray(this.at - size, this.at);
  }

  private byte(): number {
    this.at += 1;
    return this.message.readUInt8(this.at - 1);
  }

  private short(): number {
    this.at += 2;
    return this.message.readUInt16BE(this.at - 2);
  }

  private long(): number {
    this.at += 4;
    return this.message.readUInt32BE(this.at - 4);
  }
}

function ipv6Text(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  return new SocketAddress({ family: 'ipv6', address: groups.join(':') }).address;
}
