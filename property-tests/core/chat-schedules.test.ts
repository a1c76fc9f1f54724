// AsyncChat on the in-memory network: for every schedule of a small exchange the same messages, both ways.
import { describe, expect, test } from 'vitest';
import {
  AsyncChat,
  type CloseReason,
  Dispatcher,
  type Endpoint,
  type Reactor,
} from '../../src/core/index.ts';
import { explore, type Family, formatReport, type Scenario } from '../../src/sim/index.ts';
import { bytes, text } from '../../test/support/recording.ts';

const REQUEST = 'a\r\n2\r\nxy';
const ANSWERS = ['1:a\r\n', '1:2\r\n', '2:xy\r\n'].join('');

/** Lines; a line that is a number announces a body of so many bytes. Each message is answered with its length and text. */
class Server extends AsyncChat {
  readonly messages: string[] = [];

  constructor(reactor: Reactor, endpoint: Endpoint) {
    super(reactor, endpoint);
    this.setTerminator('\r\n');
  }

  override collectIncomingData(data: Uint8Array): void {
    this._collectIncomingData(data);
  }

  override foundTerminator(): void {
    const message = text(this._getData());
    this.messages.push(message);
    this.push(bytes(`${message.length}:${message}\r\n`));
    this.setTerminator(/^\d+$/.test(message) ? Number(message) : '\r\n');
  }
}

class Client extends AsyncChat {
  answer = '';
  reason: CloseReason | null = null;

  override handleConnect(): void {
    this.push(bytes(REQUEST));
    this.shutdownWrite();
  }

  override collectIncomingData(data: Uint8Array): void {
    this.answer += text(data);
  }

  override handleClose(reason: CloseReason): void {
    this.reason = reason;
  }
}

class Listener extends Dispatcher {
  readonly servers: Server[] = [];

  override handleAccepted(endpoint: Endpoint): void {
    this.servers.push(new Server(this.reactor, endpoint));
  }
}

function chat(families: readonly Family[], limits: Scenario['limits'] = {}): Scenario {
  return {
    name: 'chat',
    families,
    limits,
    network: { latencyMs: 0 },
    setup(sim) {
      const listener = new Listener(sim.host('server').reactor);
      listener.bind({ host: '0.0.0.0', port: 7 });
      listener.listen();
      const client = new Client(sim.host('client').reactor);
      client.connect({ host: 'server', port: 7 });
      sim.always('the answer is a prefix of the right one', () => ANSWERS.startsWith(client.answer));
      sim.always('the messages are a prefix of the right ones', () =>
        listener.servers.every(({ messages }) => 'a 2 xy'.startsWith(messages.join(' '))),
      );
      sim.eventually(
        'a conversation that nothing killed is complete',
        () => sim.hasKilled || (client.answer === ANSWERS && client.reason?.kind === 'end'),
      );
      sim.eventually('a client is told how it ended', () => client.reason !== null);
    },
  };
}

describe('for every schedule, AsyncChat finds the same messages', () => {
  test.each<[string, Family[], Scenario['limits']]>([
    ['splits', ['split'], { split: 4 }],
    ['short sends', ['short-send'], { 'short-send': 3 }],
    ['short reads', ['short-read'], { 'short-read': 3 }],
    ['splits, joint arrivals, and the end with the last bytes', ['split', 'coalesce', 'end'], { split: 2 }],
  ])('%s', (_name, families, limits) => {
    const report = explore(chat(families, limits), { method: 'exhaustive', schedules: 200_000 });
    expect(report.failure, formatReport(report)).toBeNull();
    expect(report.isComplete, formatReport(report)).toBe(true);
    expect(report.schedules).toBeGreaterThan(100);
  });

  test('storms, sampled', () => {
    const report = explore(chat(['split', 'coalesce', 'end', 'short-send', 'short-read', 'order', 'stall']), {
      schedules: 5_000,
    });
    expect(report.failure, formatReport(report)).toBeNull();
  });

  test('resets, closes, refusals, sampled', () => {
    const report = explore(chat(['split', 'short-send', 'reset', 'close', 'refuse']), { schedules: 5_000 });
    expect(report.failure, formatReport(report)).toBeNull();
    expect(report.faults.reset + report.faults.close + report.faults.refuse).toBeGreaterThan(100);
  });
});
