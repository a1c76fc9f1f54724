// A connection that is closed for both ends in the middle of a back-pressured exchange: nobody may wait for ever.
import { describe, expect, test } from 'vitest';
import { EchoServer, ForwardServer } from '../../src/services/index.ts';
import { type Family, type Label, Simulation, type Strategy } from '../../src/sim/index.ts';
import { bytes, Sender } from '../support/recording.ts';

/** Deviates once: at the decision of this family with this index. */
class Once implements Strategy {
  happened = false;
  private met = 0;
  private readonly family: Family;
  private readonly index: number;

  constructor(family: Family, index: number) {
    this.family = family;
    this.index = index;
  }

  begin(): void {}

  choose(label: Label): number {
    if (label.name !== this.family) return 0;
    this.met += 1;
    if (this.met !== this.index) return 0;
    this.happened = true;
    return 1;
  }
}

const ADDRESS = { host: '0.0.0.0', port: 7 };

/** A client sends 40 bytes through a window of 8, ends, and reads late. */
function exchange(strategy: Strategy, family: Family, service: 'echo' | 'forward'): void {
  const sim = new Simulation({ strategy, families: [family], windowBytes: 8 });
  const { reactor } = sim.host('service');
  if (service === 'echo') new EchoServer(reactor, ADDRESS);
  else {
    new EchoServer(sim.host('remote').reactor, ADDRESS);
    new ForwardServer(reactor, { local: ADDRESS, remote: { host: 'remote', port: 7 } });
  }
  const client = new Sender(sim.host('client').reactor);
  client.connect({ host: 'service', port: 7 });
  client.send(bytes('0123456789'.repeat(4)));
  client.shutdownWrite();
  client.wantRead(false);
  client.callLater(100, () => client.wantRead(true));
  sim.run();
}

describe.each(['echo', 'forward'] as const)('%s', (service) => {
  test.each(['close', 'reset'] as const)(
    '%s at every moment of an exchange leaves nobody waiting',
    (family) => {
      let index = 1;
      for (; ; index += 1) {
        const strategy = new Once(family, index);
        exchange(strategy, family, service);
        if (!strategy.happened) break;
      }
      expect(index).toBeGreaterThan(20);
    },
  );
});
