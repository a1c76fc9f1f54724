// What c-ares does for a Resolver that has servers of its own: a question by datagram, asked again, of the next server, when no answer
// comes. On virtual time.
import { isIP } from 'node:net';
import { ProgramTimer } from '../program-timer.ts';
import { type DnsRecord, decodeAnswer, encodeQuery, TYPES } from './dns-message.ts';
import { createDatagramSocket } from './sockets.ts';

export interface NameServer {
  readonly address: string;
  readonly port: number;
}

/** As Node's Resolver has them. */
const TIMEOUT_MS = 5000;
const TRIES = 4;

const DNS_PORT = 53;

/** By the code of an answer (RFC 1035, section 4.1.1). */
const REFUSALS = ['', 'EFORMERR', 'ESERVFAIL', 'ENOTFOUND', 'ENOTIMP', 'EREFUSED'];

/** `127.0.0.1`, `127.0.0.1:5353`, `::1`, `[::1]:5353`. */
export function parseServer(text: string): NameServer {
  if (isIP(text) !== 0) return { address: text, port: DNS_PORT };
  const [, six, four, port] = /^(?:\[([^\]]+)\]|([\d.]+))(?::(\d+))?$/.exec(text) ?? [];
  const address = six ?? four ?? '';
  if (isIP(address) === 0)
    throw Object.assign(new TypeError(`Invalid IP address: ${text}`), { code: 'ERR_INVALID_IP_ADDRESS' });
  return { address, port: port === undefined ? DNS_PORT : Number(port) };
}

/** Asks `servers` in turn. Rejects with the code of what they said, `ETIMEOUT`, or `ECANCELLED` once `signal` is aborted. */
export async function askServers(
  servers: readonly NameServer[],
  question: { readonly name: string; readonly type: string },
  signal: AbortSignal,
): Promise<readonly DnsRecord[]> {
  let code = 'ETIMEOUT';
  for (let attempt = 0; attempt < TRIES; attempt += 1)
    for (const server of servers) {
      const answer = await askOnce(server, question, (attempt << 8) + 1, signal);
      if (signal.aborted) throw new DnsError('ECANCELLED');
      if (answer === null) continue;
      const refusal = REFUSALS[answer.code] ?? 'ESERVFAIL';
      if (refusal === '') return answer.records;
      if (refusal === 'ENOTFOUND') throw new DnsError(refusal);
      code = refusal;
    }
  throw new DnsError(code);
}

/** What the servers said; `code` as in node:dns. */
export class DnsError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

function askOnce(
  server: NameServer,
  { name, type }: { readonly name: string; readonly type: string },
  id: number,
  signal: AbortSignal,
): Promise<ReturnType<typeof decodeAnswer>> {
  return new Promise((resolve) => {
    const socket = createDatagramSocket(isIP(server.address) === 6 ? 'udp6' : 'udp4');
    const finish = (answer: ReturnType<typeof decodeAnswer>): void => {
      signal.removeEventListener('abort', giveUp);
      timer.close();
      socket.close();
      resolve(answer);
    };
    const giveUp = (): void => finish(null);
    signal.addEventListener('abort', giveUp);
    const timer = new ProgramTimer(giveUp, TIMEOUT_MS, [], false);
    socket.on('message', (bytes) => {
      const answer = decodeAnswer(bytes);
      if (answer?.id === id) finish(answer);
    });
    socket.on('error', giveUp);
    socket.send(encodeQuery(id, name, TYPES[type]), server.port, server.address);
  });
}

/** The form in which `dns.resolve(name, type)` gives what was found. */
export function formatRecords(records: readonly DnsRecord[], type: string, hasTtl: boolean): unknown {
  if (type === 'ANY')
    return records.map((record) => ({
      ...record.value,
      ...('address' in record.value ? { ttl: record.ttl } : {}),
      type: record.type,
    }));
  const found = records.filter((record) => record.type === type);
  if (found.length === 0) throw new DnsError('ENODATA');
  if (type === 'SOA') return found[0].value;
  return found.map(({ value, ttl }) => {
    if ('address' in value) return hasTtl ? { address: value.address, ttl } : value.address;
    return value.value ?? value.entries ?? value;
  });
}

/** The name under which an address's names are found. */
export function reverseName(address: string): string {
  if (isIP(address) === 4) return `${address.split('.').reverse().join('.')}.in-addr.arpa`;
  const [head, tail = ''] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === '' ? [] : tail.split(':');
  const zeros = address.includes('::') ? Array<string>(8 - before.length - after.length).fill('0') : [];
  const digits = [...before, ...zeros, ...after].map((group) => group.padStart(4, '0')).join('');
  return `${[...digits].reverse().join('.')}.ip6.arpa`;
}
