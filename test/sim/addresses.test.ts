import { describe, expect, test } from 'vitest';
import type { ResolvedAddress, TransportError } from '../../src/core/index.ts';
import { Simulation } from '../../src/sim/index.ts';
import { canonicalAddress } from '../../src/sim/names/ip.ts';
import { Accepting, connecting, Noting, PORT } from './support/noting.ts';

const run = (sim: Simulation): void => sim.run({ allowOpen: true });

/** A dual-stack host `db` and a dual-stack host `app`. */
function dualStack(): Simulation {
  const sim = new Simulation();
  sim.host('db', { addresses: ['10.0.0.5', 'fd00::5'] });
  sim.host('app', { addresses: ['10.0.0.6', 'fd00::6'] });
  return sim;
}

function resolved(sim: Simulation, name: string, family: 0 | 4 | 6 = 0): string[] {
  const answer: string[] = [];
  sim.host('app').resolve(name, family, (error: TransportError | null, found: readonly ResolvedAddress[]) => {
    answer.push(...(error === null ? found.map(({ address }) => address) : [error.code]));
  });
  run(sim);
  return answer;
}

describe('a host with several addresses', () => {
  test('is reached at each of them', () => {
    const sim = dualStack();
    const server = new Accepting(sim.host('db'), { host: '::', port: PORT });
    for (const host of ['10.0.0.5', 'fd00::5', 'FD00:0::5', '::ffff:10.0.0.5', 'db'])
      connecting(sim.host('app'), { host, port: PORT });
    run(sim);
    const peers = server.peers.map((address) => ('host' in address ? address.host : ''));
    expect(peers.sort()).toEqual([
      '::ffff:10.0.0.6',
      '::ffff:10.0.0.6',
      '::ffff:10.0.0.6',
      'fd00::6',
      'fd00::6',
    ]);
  });

  test('resolves to all of them, in order', () => {
    expect(resolved(dualStack(), 'db')).toEqual(['10.0.0.5', 'fd00::5']);
    expect(resolved(dualStack(), 'db', 6)).toEqual(['fd00::5']);
  });

  test('refuses where it listens on another of its addresses', () => {
    const sim = dualStack();
    new Accepting(sim.host('db'), { host: '10.0.0.5', port: PORT });
    const clients = ['10.0.0.5', 'fd00::5'].map((host) => connecting(sim.host('app'), { host, port: PORT }));
    run(sim);
    expect(clients.map(({ texts }) => texts)).toEqual([['connect'], ['refused ECONNREFUSED']]);
  });

  test('takes no connection for another family than its listener is bound to', () => {
    const sim = dualStack();
    new Accepting(sim.host('db'), { host: '::', port: PORT }, { ipv6Only: true });
    const clients = ['10.0.0.5', 'fd00::5'].map((host) => connecting(sim.host('app'), { host, port: PORT }));
    run(sim);
    expect(clients.map(({ texts }) => texts)).toEqual([['refused ECONNREFUSED'], ['connect']]);
  });
});

describe('a name', () => {
  test('with several addresses is tried in order until one answers', () => {
    const sim = dualStack();
    new Accepting(sim.host('db'), { host: '10.0.0.5', port: PORT });
    sim.network.naming.set('db.example', ['fd00::5', '10.0.0.5']);
    const client = connecting(sim.host('app'), { host: 'db.example', port: PORT });
    run(sim);
    // One round trip for the refusal, one for the handshake.
    expect(client.events).toEqual([[4, 'connect']]);
    const [endpoint] = sim.host('app').openEndpoints;
    expect(endpoint.remoteAddress).toEqual({ host: '10.0.0.5', port: PORT });
  });

  test('whose first address does not answer is left for the next after 250 ms', () => {
    const sim = dualStack();
    sim.host('gone', { address: '10.0.0.9' }).crash();
    new Accepting(sim.host('db'), { host: '10.0.0.5', port: PORT });
    sim.network.naming.set('db.example', ['10.0.0.9', '10.0.0.5']);
    const client = connecting(sim.host('app'), { host: 'db.example', port: PORT });
    run(sim);
    expect(client.events).toEqual([[252, 'connect']]);
  });

  test('none of whose addresses answers fails once, with what the first one met', () => {
    const sim = dualStack();
    sim.network.naming.set('db.example', ['fd00::5', '10.0.0.5', 'fd00::77']);
    const client = connecting(sim.host('app'), { host: 'db.example', port: PORT });
    run(sim);
    expect(client.texts).toEqual(['refused ECONNREFUSED']);
    expect([...sim.host('app').openEndpoints]).toEqual([]);
  });

  test('that is given up while it is tried leaves nothing behind', () => {
    const sim = dualStack();
    sim.network.naming.set('db.example', ['fd00::5', '10.0.0.5']);
    const client = connecting(sim.host('app'), { host: 'db.example', port: PORT });
    client.close();
    sim.run();
    expect(client.texts).toEqual([]);
    expect(sim.openEndpoints()).toEqual([]);
  });

  test('can be moved to another host, and be forgotten', () => {
    const sim = dualStack();
    sim.network.naming.set('db', ['10.0.0.6']);
    expect(resolved(sim, 'DB')).toEqual(['10.0.0.6']);
    sim.network.naming.delete('db');
    expect(resolved(sim, 'db')).toEqual(['10.0.0.5', 'fd00::5']);
    sim.network.naming.set('db', []);
    expect(resolved(sim, 'db')).toEqual(['ENOTFOUND']);
  });

  test('that cannot be resolved at the moment is EAI_AGAIN, so many times', () => {
    const sim = dualStack();
    sim.network.naming.failNext('db', 'EAI_AGAIN', 2);
    const client = connecting(sim.host('app'), { host: 'db', port: PORT });
    expect(resolved(sim, 'db')).toEqual(['EAI_AGAIN']);
    expect(client.texts).toEqual(['failed EAI_AGAIN']);
    expect(resolved(sim, 'db')).toEqual(['10.0.0.5', 'fd00::5']);
  });

  test('localhost means 127.0.0.1 and ::1', () => {
    expect(resolved(dualStack(), 'localhost')).toEqual(['127.0.0.1', '::1']);
    expect(resolved(dualStack(), 'localhost', 6)).toEqual(['::1']);
    const sim = dualStack();
    new Accepting(sim.host('app'), { host: '::1', port: PORT });
    const client = connecting(sim.host('app'), { host: 'localhost', port: PORT });
    run(sim);
    expect(client.texts).toEqual(['connect']);
  });
});

describe('a route', () => {
  test('to a family that the host does not have is ENETUNREACH', () => {
    const sim = new Simulation();
    sim.host('six', { address: 'fd00::1' });
    const client = connecting(sim.host('four'), { host: 'six', port: PORT });
    const stranger = connecting(sim.host('four'), { host: 'fd00::99', port: PORT });
    run(sim);
    expect([client.texts, stranger.texts]).toEqual([['failed ENETUNREACH'], ['failed ENETUNREACH']]);
  });

  test('to an address that no host has is EHOSTUNREACH', () => {
    const sim = new Simulation();
    const client = connecting(sim.host('app'), { host: '10.9.9.9', port: PORT });
    run(sim);
    expect(client.texts).toEqual(['failed EHOSTUNREACH']);
  });
});

describe('a listener', () => {
  const listenTwice = (first: string, second: string, ipv6Only = false): string[] => {
    const sim = dualStack();
    const listeners = [first, second].map(
      (host) => new Accepting(sim.host('db'), { host, port: PORT }, { ipv6Only }),
    );
    run(sim);
    return listeners[1].events.map(([, text]) => text);
  };

  test.each([
    ['0.0.0.0', '10.0.0.5'],
    ['10.0.0.5', '0.0.0.0'],
    ['127.0.0.1', '0.0.0.0'],
    ['::', '0.0.0.0'],
    ['0.0.0.0', '::'],
    ['::', '10.0.0.5'],
    ['::', 'fd00::5'],
    ['fd00::5', '::'],
    ['10.0.0.5', '10.0.0.5'],
  ])('on %s keeps another one from %s', (first, second) => {
    expect(listenTwice(first, second)).toEqual(['failed EADDRINUSE']);
  });

  test.each([
    ['10.0.0.5', 'fd00::5'],
    ['10.0.0.5', '127.0.0.1'],
    ['fd00::5', '::1'],
    ['0.0.0.0', 'fd00::5'],
  ])('on %s leaves %s to another one', (first, second) => {
    expect(listenTwice(first, second)).toEqual([]);
  });

  test('on :: for IPv6 alone leaves 0.0.0.0 to another one', () => {
    expect(listenTwice('::', '0.0.0.0', true)).toEqual([]);
  });

  test('on an address of another host is EADDRNOTAVAIL', () => {
    const sim = dualStack();
    const listener = new Accepting(sim.host('app'), { host: 'fd00::5', port: PORT });
    run(sim);
    expect(listener.events).toEqual([[0, 'failed EADDRNOTAVAIL']]);
  });

  test('on loopback is not reached from another host', () => {
    const sim = dualStack();
    new Accepting(sim.host('db'), { host: '127.0.0.1', port: PORT });
    const own = connecting(sim.host('db'), { host: '127.0.0.1', port: PORT });
    const wrong = connecting(sim.host('db'), { host: '127.0.0.2', port: PORT });
    const other = connecting(sim.host('app'), { host: '10.0.0.5', port: PORT });
    run(sim);
    expect([own.texts, wrong.texts, other.texts]).toEqual([
      ['connect'],
      ['refused ECONNREFUSED'],
      ['refused ECONNREFUSED'],
    ]);
  });
});

describe('a topology that cannot be', () => {
  const topology = expect.objectContaining({ code: 'ERR_TOPOLOGY' });
  const badValue = expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' });

  test('has two hosts with one address, also as the second one, or spelled otherwise', () => {
    const sim = dualStack();
    expect(() => sim.host('c', { address: 'fd00:0:0::5' })).toThrowError(topology);
    expect(() => sim.host('c', { addresses: ['10.7.7.7', '10.0.0.5'] })).toThrowError(topology);
    expect(() => sim.host('c', { addresses: ['10.7.7.7', '10.7.7.7'] })).toThrowError(topology);
  });

  test('has an address that every host has, or none', () => {
    for (const address of ['127.0.0.1', '::1', '0.0.0.0', '::'])
      expect(() => new Simulation().host('a', { address })).toThrowError(topology);
  });

  test('has something else than an address', () => {
    for (const address of ['10.0.0', '10.0.0.256', 'db', '', '1:2:3', 'fd00::1::2', '::12345'])
      expect(() => new Simulation().host('a', { address })).toThrowError(badValue);
    expect(() => new Simulation().host('a', { address: 7 as never })).toThrowError(
      expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }),
    );
    expect(() => new Simulation().host('a', { addresses: [] })).toThrowError(badValue);
    expect(() => new Simulation().host('a', { address: '10.0.0.1', addresses: ['10.0.0.1'] })).toThrowError(
      badValue,
    );
  });

  test('has a name with a bad address, or a failure that no resolver knows', () => {
    const { naming } = new Simulation().network;
    expect(() => naming.set('a', ['10.0.0'])).toThrowError(badValue);
    expect(() => naming.set('', ['10.0.0.1'])).toThrowError(badValue);
    expect(() => naming.failNext('a', 'EIO' as never)).toThrowError(badValue);
    expect(() => naming.failNext('a', 'EAI_AGAIN', 0)).toThrowError(
      expect.objectContaining({ code: 'ERR_OUT_OF_RANGE' }),
    );
  });

  test('has a host that is asked for again with another address', () => {
    const sim = dualStack();
    expect(() => sim.host('db', { address: '10.0.0.7' })).toThrowError(topology);
    expect(() => sim.host('db', { addresses: ['10.0.0.5'] })).toThrowError(topology);
    expect(sim.host('db', { addresses: ['10.0.0.5', 'fd00::5'] })).toBe(sim.host('db'));
  });
});

test.each([
  ['0:0:0:0:0:0:0:1', '::1'],
  ['FD00::0005', 'fd00::5'],
  ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
  ['::ffff:a00:1', '::ffff:10.0.0.1'],
  ['::', '::'],
  ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
  ['10.0.0.1', '10.0.0.1'],
  ['no:address', 'no:address'],
])('the one text of %s is %s', (text, canonical) => {
  expect(canonicalAddress(text)).toBe(canonical);
});

test('a connection from a given address of the host comes from there', () => {
  const sim = dualStack();
  const server = new Accepting(sim.host('db'), { host: '::', port: PORT });
  const client = new Noting(sim.host('app'));
  client.bind({ host: 'fd00::6', port: 1234 });
  client.connect({ host: 'fd00::5', port: PORT });
  run(sim);
  expect(server.peers).toEqual([{ host: 'fd00::6', port: 1234 }]);
});

// Known difference 'simultaneous-open'.
test('two hosts that connect to each other at once, from the ports that they ask for, are both refused', () => {
  const sim = dualStack();
  const hosts = [sim.host('app'), sim.host('db')];
  const clients = hosts.map((host, index) => {
    const client = new Noting(host);
    client.bind({ host: host.address, port: PORT });
    client.connect({ host: hosts[1 - index].address, port: PORT });
    return client;
  });
  run(sim);
  expect(clients.map(({ texts }) => texts)).toEqual([['refused ECONNREFUSED'], ['refused ECONNREFUSED']]);
});
