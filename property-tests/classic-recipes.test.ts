// The echo server and the port forwarder that asyncore's users began with lose bytes: docs/asyncore.md, C2 and C33.
// The search finds it, and shrinks what it found to the fewest deviations, which are asserted here.
import { describe, expect, test } from 'vitest';
import { Dispatcher, type Endpoint, isBytes } from '../src/core/index.ts';
import { ExchangeClient, echoScenario, forwarderScenario } from '../src/harness/scenarios/index.ts';
import { ForwardServer } from '../src/services/index.ts';
import { explore, formatReport, type Scenario, type Simulation } from '../src/sim/index.ts';
import { classicEcho } from './support/broken/classic-echo.ts';
import { classicForwarder } from './support/broken/classic-forwarder.ts';

const SCHEDULES = 20_000;

const LOCAL = { host: '0.0.0.0', port: 80 };
const REMOTE = { host: 'remote', port: 9 };

const serveClassicForwarder = (sim: Simulation): void => {
  classicForwarder.make(sim.host('forwarder').reactor, { local: LOCAL, remote: REMOTE });
};

const serveForwarder = (sim: Simulation): void => {
  new ForwardServer(sim.host('forwarder').reactor, { local: LOCAL, remote: REMOTE });
};

const echo = echoScenario({
  name: 'classic-echo',
  connections: 1,
  bytes: 3,
  serve: (sim) => {
    classicEcho.make(sim.host('server').reactor, { host: '0.0.0.0', port: 7 });
  },
});

/** Reads to the end, sends nothing, and ends only then. */
class Reader extends Dispatcher {
  received = '';

  override handleRead(): void {
    const data = this.recv(4096);
    if (isBytes(data)) this.received += new TextDecoder().decode(data);
  }
}

/** A remote that speaks as soon as it is asked: the download of a file. */
class Speaker extends Dispatcher {
  override handleAccepted(endpoint: Endpoint): void {
    new ExchangeClient(this.reactor, { payload: new TextEncoder().encode('abc') }, endpoint);
  }
}

function download(serve: (sim: Simulation) => void): Scenario {
  return {
    name: 'download',
    families: ['ready', 'end', 'short-send'],
    network: { latencyMs: 0 },
    setup(sim) {
      serve(sim);
      const speaker = new Speaker(sim.host('remote').reactor);
      speaker.bind({ host: '0.0.0.0', port: REMOTE.port });
      speaker.listen();
      const reader = new Reader(sim.host('client').reactor);
      reader.connect({ host: 'forwarder', port: LOCAL.port });
      sim.eventually(
        'a download that nothing killed is complete',
        () => sim.hasKilled || reader.received === 'abc',
      );
    },
  };
}

function counterexample(scenario: Scenario) {
  const report = explore(scenario, { schedules: SCHEDULES });
  expect(report.failure, formatReport(report)).not.toBeNull();
  const { law, deviations, isMinimal } = report.failure!;
  return { law, deviations, isMinimal };
}

test('the classic echo drops what is unsent when the client ends', () => {
  expect(counterexample(echo)).toEqual({
    law: 'a connection that nothing killed gets all its bytes back, then the end',
    deviations: [
      'at 0 ms, client-1 → server (#1): the end of stream arrives together with the bytes before it, "abc"',
      'at 0 ms, server → client-1 (#1): send accepts 1 of 3 bytes: "a", not yet "bc"',
      'at 0 ms, server → client-1 (#1): send accepts 1 of 2 bytes: "b", not yet "c"',
    ],
    isMinimal: true,
  });
});

describe('the classic forwarder', () => {
  test('it drops what is unsent when the remote ends', () => {
    expect(counterexample(download(serveClassicForwarder))).toEqual({
      law: 'a download that nothing killed is complete',
      deviations: [
        'at 0 ms, remote → forwarder (#2): the end of stream arrives together with the bytes before it, "abc"',
        'at 0 ms, forwarder → client (#1): send accepts 2 of 3 bytes: "ab", not yet "c"',
        'at 0 ms, forwarder: ready channel 2 of 2 is served first: <Sender open remote:9> before <Receiver open 10.0.0.3:32768>',
      ],
      isMinimal: true,
    });
  });

  test('it needs no fault to cut off a client that ends first', () => {
    const scenario = forwarderScenario({
      name: 'classic-forwarder',
      connections: 1,
      bytesUp: 2,
      bytesDown: 2,
      answersAtEnd: true,
      serve: serveClassicForwarder,
    });
    expect(counterexample(scenario)).toEqual({
      law: 'a cut stream does not look complete',
      deviations: [],
      isMinimal: true,
    });
  });
});

test('the shipped forwarder completes the same download', () => {
  const report = explore(download(serveForwarder), { schedules: SCHEDULES });
  expect(report.failure, formatReport(report)).toBeNull();
});
