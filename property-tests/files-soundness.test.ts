// What waits to happen to files is part of a state: states that differ in it alone must not be merged.
import { expect, test } from 'vitest';
import { Dispatcher, type Endpoint, FileDispatcher, isBytes, type Reactor } from '../src/core/index.ts';
import { explore, type Host, type Scenario, type Simulation } from '../src/sim/index.ts';

/** Notes into `order`, which no fingerprint tells until the channel is closed. */
class Reader extends FileDispatcher {
  private readonly order: string[];
  private readonly name: string;

  constructor(reactor: Reactor, path: string, order: string[], name = path) {
    super(reactor, path);
    this.order = order;
    this.name = name;
    this.wantWrite(false);
  }

  override handleRead(): void {
    const received = this.recv(16);
    if (isBytes(received)) this.order.push(`${this.name}:${String.fromCharCode(...received)}`);
  }

  override handleClose(): void {
    this.order.push(`${this.name}.`);
  }

  fingerprint(): string {
    return '';
  }
}

class End extends Dispatcher {
  private readonly order: string[];

  constructor(reactor: Reactor, endpoint: Endpoint, order: string[]) {
    super(reactor, endpoint);
    this.order = order;
    this.wantWrite(false);
  }

  override handleRead(): void {
    if (isBytes(this.recv(16))) this.order.push('read');
  }

  fingerprint(): string {
    return '';
  }
}

/** Every outcome of the scenario's own choices alone, so that none can be reached by a second way. */
function outcomesOf(merge: boolean, setup: (sim: Simulation, host: Host, order: string[]) => void): string[] {
  const found = new Set<string>();
  const scenario: Scenario = {
    name: 'files',
    families: [],
    setup(sim) {
      const order: string[] = [];
      setup(sim, sim.host('disk'), order);
      sim.identify(() => order.join());
      sim.eventually('the outcome is noted', () => void found.add(order.join()));
    },
  };
  const report = explore(scenario, { method: 'exhaustive', merge });
  expect([report.failure?.error, report.isComplete]).toEqual([undefined, true]);
  return [...found].sort();
}

const CASES: Record<string, (sim: Simulation, host: Host, order: string[]) => void> = {
  'which of two files the disk is slow with': (_sim, host, order) => {
    host.disk.latency({ delayMsMin: 1, delayMsMax: 2 });
    new Reader(host.reactor, '/a', order);
    new Reader(host.reactor, '/b', order);
  },
  'what an unlinked file holds': (sim, host, order) => {
    host.volume.writeFileSync('/a', sim.decide('content', 2) === 0 ? 'x' : 'y');
    const reader = new Reader(host.reactor, '/a', order);
    reader.wantRead(false);
    sim.at(10, () => host.volume.unlinkSync('/a'));
    sim.at(20, () => reader.wantRead(true));
  },
  'which file a handle has that was opened before a rename': (sim, host, order) => {
    const [first, second] = sim.decide('which', 2) === 0 ? ['/x', '/y'] : ['/y', '/x'];
    host.volume.fromJSON({ '/x': 'same', '/y': 'same' });
    host.volume.linkSync(first, '/a');
    const reader = new Reader(host.reactor, '/a', order);
    reader.wantRead(false);
    sim.at(10, () => host.volume.unlinkSync('/a'));
    sim.at(20, () => host.volume.writeFileSync('/x', `now ${second.length}`));
    sim.at(30, () => reader.wantRead(true));
  },
  'whether a file is a FIFO': (sim, host, order) => {
    if (sim.decide('kind', 2) === 0) host.volume.writeFileSync('/a', '');
    else host.makeFifo('/a');
    sim.at(10, () => {
      const reader = new Reader(host.reactor, '/a', order);
      reader.callLater(100, () => reader.close());
    });
  },
  'which pipe an end belongs to': (sim, host, order) => {
    const pipes = [host.pipe(), host.pipe()];
    const chosen = pipes[sim.decide('which', 2)];
    const reader = new End(host.reactor, chosen.reader, order);
    sim.at(10, () => pipes[0].writer.send(Uint8Array.of(65)));
    sim.at(20, () => reader.close());
    sim.at(30, () => {
      for (const { reader: end, writer } of pipes) {
        writer.close();
        end.close();
      }
    });
  },
  'whose timer comes first': (sim, host, order) => {
    const late = sim.decide('which', 2);
    for (const index of [0, 1]) {
      const end = new End(host.reactor, host.pipe().writer, order);
      end.callLater(index === late ? 20 : 10, () => {
        order.push(String(index));
        if (order.length === 2) host.reactor.closeAll();
      });
    }
  },
};

test.each(Object.keys(CASES))('%s makes two states', (name) => {
  const plain = outcomesOf(false, CASES[name]);
  expect(plain).toHaveLength(2);
  expect(outcomesOf(true, CASES[name])).toEqual(plain);
});
