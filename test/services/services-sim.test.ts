import { describe, expect, test } from 'vitest';
import type { ConnectionReport } from '../../src/services/index.ts';
import { EchoServer, ForwardServer, HttpGet } from '../../src/services/index.ts';
import { FAMILIES, Simulation, type SimulationOptions } from '../../src/sim/index.ts';
import { randomly, Talker, TalkingServer } from './sim-support.ts';

const SEEDS = 500;

/** All families but `close`, which ends a connection for both ends as if each had: then an end proves nothing. */
function world(seed: number, options: SimulationOptions = {}): Simulation {
  const families = FAMILIES.filter((family) => family !== 'close');
  return new Simulation({ strategy: randomly(seed), families, ...options });
}

/** Whether the network broke a connection, or refused one, in this run. */
function wasKilled(sim: Simulation): boolean {
  const { reset, refuse } = sim.faults;
  return reset + refuse > 0;
}

describe('for every schedule, in memory', () => {
  test('echo returns a prefix of what it was sent, and all of it unless the network killed the connection', () => {
    let killed = 0;
    for (let seed = 0; seed < SEEDS; seed += 1) {
      const sim = world(seed, { windowBytes: 4 });
      const reports: ConnectionReport[] = [];
      const options = { onConnectionEnd: (report: ConnectionReport) => reports.push(report) };
      const server = new EchoServer(sim.host('server').reactor, { host: '0.0.0.0', port: 7 }, options);
      const payloads = ['abcdefghij', 'klm'];
      const talkers = payloads.map((payload) =>
        Talker.dial(sim.host('client').reactor, { host: 'server', port: 7 }, payload),
      );
      sim.run();
      talkers.forEach((talker, index) => {
        const payload = payloads[index];
        const where = `seed ${seed}, client ${index}`;
        expect(payload.startsWith(talker.received), where).toBe(true);
        if (talker.outcome === 'end') expect(talker.received, where).toBe(payload);
        if (!wasKilled(sim)) expect(talker.outcome, where).toBe('end');
      });
      killed += wasKilled(sim) ? 1 : 0;
      expect(server.activeCount, `seed ${seed}`).toBe(0);
      for (const { receivedBytes, sentBytes } of reports)
        expect(sentBytes).toBeLessThanOrEqual(receivedBytes);
    }
    expect(killed).toBeGreaterThan(SEEDS / 10);
    expect(killed).toBeLessThan(SEEDS);
  });

  test('forward passes all bytes and ends both ways, and never makes a reset an end', () => {
    for (let seed = 0; seed < SEEDS; seed += 1) {
      const sim = world(seed, { windowBytes: 4 });
      const remote = new TalkingServer(sim.host('remote').reactor, 80, 'ABCDEFGH');
      const server = new ForwardServer(sim.host('middle').reactor, {
        local: { host: '0.0.0.0', port: 8080 },
        remote: { host: 'remote', port: 80 },
      });
      const client = Talker.dial(sim.host('client').reactor, { host: 'middle', port: 8080 }, 'abcdefghij');
      sim.run();
      const where = `seed ${seed}`;
      expect('ABCDEFGH'.startsWith(client.received), where).toBe(true);
      if (client.outcome === 'end') expect(client.received, where).toBe('ABCDEFGH');
      for (const talker of remote.talkers) {
        expect('abcdefghij'.startsWith(talker.received), where).toBe(true);
        if (talker.outcome === 'end') expect(talker.received, where).toBe('abcdefghij');
      }
      if (!wasKilled(sim))
        expect([client.outcome, remote.talkers.map((t) => t.outcome)], where).toEqual(['end', ['end']]);
      expect(server.activeCount, where).toBe(0);
    }
  });

  test('an HTTP response is complete or an error', () => {
    const answer = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n';
    const codes = new Set<string>();
    for (let seed = 0; seed < SEEDS; seed += 1) {
      const sim = world(seed, { strategy: randomly(seed, 8) });
      new TalkingServer(sim.host('web').reactor, 80, answer);
      const results: string[] = [];
      new HttpGet(sim.host('client').reactor, {
        url: 'http://web/',
        onDone: (error, response) => results.push(error?.code ?? new TextDecoder().decode(response!.body)),
      });
      sim.run();
      expect(results.length, `seed ${seed}`).toBe(1);
      if (!wasKilled(sim)) expect(results[0], `seed ${seed}`).toBe('hello');
      codes.add(results[0]);
    }
    expect([...codes].filter((code) => !/^(hello|E[A-Z_]+)$/.test(code))).toEqual([]);
  });
});

describe('in calm weather, in memory', () => {
  test('a client of a forwarder is reset as soon as the remote refuses', () => {
    const sim = new Simulation();
    sim.host('remote');
    const reports: ConnectionReport[] = [];
    const { reactor } = sim.host('middle');
    const addresses = { local: { host: '0.0.0.0', port: 1 }, remote: { host: 'remote', port: 2 } };
    new ForwardServer(reactor, addresses, { onConnectionEnd: (report) => reports.push(report) });
    const client = Talker.dial(sim.host('client').reactor, { host: 'middle', port: 1 }, 'abc');
    sim.run();
    expect(client.outcome).toBe('ECONNRESET');
    expect(reports).toMatchObject([{ cause: 'refused', side: 'remote', durationMs: 2 }]);
  });

  test('an idle connection is reset exactly at its time-out after the last byte', () => {
    const sim = new Simulation();
    const reports: ConnectionReport[] = [];
    const { reactor } = sim.host('server');
    const options = {
      idleTimeoutMs: 1000,
      onConnectionEnd: (report: ConnectionReport) => reports.push(report),
    };
    new EchoServer(reactor, { host: '0.0.0.0', port: 7 }, options);
    const client = new (class extends Talker {
      override handleWrite(): void {
        this.callLater(600, () => this.send(new TextEncoder().encode('x')));
      }
    })(sim.host('client').reactor, '');
    client.connect({ host: 'server', port: 7 });
    sim.run();
    expect(client.outcome).toBe('ECONNRESET');
    expect(reports).toMatchObject([{ cause: 'idle-timeout', durationMs: 1600, receivedBytes: 1 }]);
  });

  test('a forwarder gives a silent remote up after its connect time-out', () => {
    const sim = new Simulation();
    sim.host('remote');
    const reports: ConnectionReport[] = [];
    const { reactor } = sim.host('middle');
    sim.link('middle', 'remote').latencyMs = 60_000;
    new ForwardServer(
      reactor,
      { local: { host: '0.0.0.0', port: 1 }, remote: { host: 'remote', port: 2 } },
      { connectTimeoutMs: 500, onConnectionEnd: (report) => reports.push(report) },
    );
    const client = Talker.dial(sim.host('client').reactor, { host: 'middle', port: 1 }, 'abc');
    sim.run();
    expect(client.outcome).toBe('ECONNRESET');
    expect(reports).toMatchObject([{ cause: 'connect-timeout', durationMs: 500 }]);
  });

  test('a forwarder’s unsent bytes stay below the high water mark and one chunk', () => {
    const sim = new Simulation({ windowBytes: 8 });
    const remote = new TalkingServer(sim.host('remote').reactor, 80, '', { isReading: false });
    let most = 0;
    const server = new ForwardServer(
      sim.host('middle').reactor,
      { local: { host: '0.0.0.0', port: 1 }, remote: { host: 'remote', port: 80 } },
      { highWaterMarkBytes: 16, lowWaterMarkBytes: 4, chunkSizeBytes: 8 },
    );
    sim.always('a forwarder keeps at most the high water mark and one chunk', () => {
      for (const client of server.connections()) most = Math.max(most, client.peer.unsentBytes);
      return most <= 24;
    });
    sim.host('remote').reactor.callLater(1000, () => remote.talkers[0].wantRead(true));
    const client = Talker.dial(sim.host('client').reactor, { host: 'middle', port: 1 }, 'x'.repeat(200));
    sim.run();
    expect(client.outcome).toBe('end');
    expect(remote.talkers[0].received.length).toBe(200);
    expect(most).toBeGreaterThan(16);
  });
});
