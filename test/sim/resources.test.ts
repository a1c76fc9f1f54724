import { describe, expect, test } from 'vitest';
import { Simulation } from '../../src/sim/index.ts';
import { Accepting, connecting, Noting, PORT } from './support/noting.ts';

const run = (sim: Simulation): void => sim.run({ allowOpen: true });

function world(): { sim: Simulation; server: Accepting } {
  const sim = new Simulation();
  return { sim, server: new Accepting(sim.host('db')) };
}

describe('a host out of descriptors', () => {
  test('cannot accept, and goes on when one is closed', () => {
    const { sim, server } = world();
    // The listener has one, the first connection the other.
    sim.host('db').resources.limitDescriptors(2);
    const clients = [1, 2].map(() => connecting(sim.host('app'), { host: 'db', port: PORT }));
    sim.at(500, () => server.accepted[0].close());
    run(sim);
    // The listener tries again after 100 ms.
    expect(server.events).toEqual([3, 103, 203, 303, 403].map((atMs) => [atMs, 'accept EMFILE']));
    expect(server.accepted).toHaveLength(2);
    expect(clients.map(({ texts }) => texts)).toEqual([['connect', 'end'], ['connect']]);
  });

  test('cannot connect, and can when one is closed', () => {
    const { sim } = world();
    const app = sim.host('app');
    app.resources.limitDescriptors(1);
    const first = connecting(app, { host: 'db', port: PORT });
    const second = connecting(app, { host: 'db', port: PORT });
    let third: Noting | null = null;
    sim.at(10, () => {
      first.close();
      third = connecting(app, { host: 'db', port: PORT });
    });
    run(sim);
    expect(second.events).toEqual([[0, 'failed EMFILE']]);
    expect(third!.texts).toEqual(['connect']);
    expect(app.resources.descriptorsUsed).toBe(1);
  });

  test('cannot listen, nor open a file', () => {
    const sim = new Simulation();
    const app = sim.host('app');
    app.volume.writeFileSync('/file', 'x');
    app.resources.limitDescriptors(1);
    new Accepting(app);
    const second = new Accepting(app, { host: '0.0.0.0', port: PORT + 1 });
    const file = new Noting(app, app.openFile('/file'));
    run(sim);
    expect(second.events).toEqual([[0, 'failed EMFILE']]);
    expect(file.texts).toEqual(['failed EMFILE']);
  });

  test('gives one back with each file that is closed', () => {
    const sim = new Simulation();
    const app = sim.host('app');
    app.volume.writeFileSync('/file', 'x');
    const files = [1, 2].map(() => new Noting(app, app.openFile('/file')));
    sim.at(1, () => {
      expect(app.resources.descriptorsUsed).toBe(0);
    });
    sim.run();
    expect(files.map(({ texts }) => texts)).toEqual([
      ['data x', 'end'],
      ['data x', 'end'],
    ]);
  });
});

describe('a plan', () => {
  test.each(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM'] as const)(
    'lets the next two accepts fail with %s, 100 ms apart, and loses no connection',
    (code) => {
      const { sim, server } = world();
      sim.host('db').resources.failNext('accept', code, 2);
      const client = connecting(sim.host('app'), { host: 'db', port: PORT });
      run(sim);
      expect(server.events).toEqual([
        [3, `accept ${code}`],
        [103, `accept ${code}`],
      ]);
      expect(server.accepted).toHaveLength(1);
      expect(client.texts).toEqual(['connect']);
    },
  );

  test('lets an accept meet a connection that has died, which is gone', () => {
    const { sim, server } = world();
    sim.host('db').resources.failNext('accept', 'ECONNABORTED');
    const clients = [1, 2].map(() => connecting(sim.host('app'), { host: 'db', port: PORT }));
    run(sim);
    expect(server.events).toEqual([[3, 'accept ECONNABORTED']]);
    expect(server.accepted).toHaveLength(1);
    expect(clients.map(({ texts }) => texts)).toEqual([['connect', 'reset ECONNRESET'], ['connect']]);
  });

  test.each(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM'] as const)(
    'lets the next connect fail with %s',
    (code) => {
      const { sim } = world();
      sim.host('app').resources.failNext('socket', code);
      const clients = [1, 2].map(() => connecting(sim.host('app'), { host: 'db', port: PORT }));
      run(sim);
      expect(clients.map(({ texts }) => texts)).toEqual([[`failed ${code}`], ['connect']]);
    },
  );

  test('of something that cannot be is refused at the call', () => {
    const { resources } = new Simulation().host('app');
    const badValue = expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' });
    const outOfRange = expect.objectContaining({ code: 'ERR_OUT_OF_RANGE' });
    expect(() => resources.failNext('accept', 'EIO' as never)).toThrowError(badValue);
    expect(() => resources.failNext('socket', 'ECONNABORTED')).toThrowError(badValue);
    expect(() => resources.failNext('bind' as never, 'EMFILE')).toThrowError(badValue);
    expect(() => resources.failNext('accept', 'EMFILE', -1)).toThrowError(outOfRange);
    expect(() => resources.limitDescriptors(Number.NaN)).toThrowError(outOfRange);
    expect(() => resources.limitPorts({ first: 10, last: 9 })).toThrowError(outOfRange);
    expect(() => resources.limitPorts({ first: 0, last: 9 })).toThrowError(outOfRange);
    expect(() => resources.reservePortsBelow(-1)).toThrowError(outOfRange);
  });
});

describe('ephemeral ports', () => {
  test('run from 32768 to 60999', () => {
    const sim = new Simulation();
    const server = new Accepting(sim.host('db'));
    connecting(sim.host('app'), { host: 'db', port: PORT });
    run(sim);
    expect(server.peers).toEqual([{ host: '10.0.0.2', port: 32768 }]);
    const listener = new Accepting(sim.host('app'), { host: '0.0.0.0', port: 0 });
    expect(listener.localAddress).toEqual({ host: '0.0.0.0', port: 32769 });
  });

  test('that are used up are EADDRNOTAVAIL for a connection and EADDRINUSE for a listener', () => {
    const { sim } = world();
    const app = sim.host('app');
    app.resources.limitPorts({ first: 40_000, last: 40_001 });
    const clients = [1, 2, 3].map(() => connecting(app, { host: 'db', port: PORT }));
    const listener = new Accepting(app, { host: '0.0.0.0', port: 0 });
    run(sim);
    expect(clients.map(({ texts }) => texts)).toEqual([['connect'], ['connect'], ['failed EADDRNOTAVAIL']]);
    expect(listener.events).toEqual([[0, 'failed EADDRINUSE']]);
  });

  test('are free again when their connection is closed', () => {
    const { sim, server } = world();
    const app = sim.host('app');
    app.resources.limitPorts({ first: 40_000, last: 40_000 });
    const first = connecting(app, { host: 'db', port: PORT });
    sim.at(10, () => first.close());
    sim.at(20, () => connecting(app, { host: 'db', port: PORT }));
    run(sim);
    expect(server.peers.map((peer) => 'port' in peer && peer.port)).toEqual([40_000, 40_000]);
  });

  test('are all 28,232 given out before one is refused', () => {
    const sim = new Simulation();
    const app = sim.host('app');
    app.clock.setTimer = () => ({ cancel() {} });
    let given = 0;
    while (app.ports.take() !== 0 && given < 60_000) {
      given += 1;
      if (given === 28_232) break;
    }
    expect(given).toBe(28_232);
  });
});

// Known difference 'privileged-ports': without a reservation anybody may listen.
describe('a port below 1024', () => {
  test('is EACCES where ports are reserved, and 0 is not', () => {
    const sim = new Simulation();
    const host = sim.host('db');
    host.resources.reservePortsBelow(1024);
    const listeners = [80, 1024, 0].map((port) => new Accepting(host, { host: '0.0.0.0', port }));
    run(sim);
    expect(listeners.map(({ events }) => events)).toEqual([[[0, 'failed EACCES']], [], []]);
  });

  test('is free for all by default', () => {
    const { server, sim } = world();
    run(sim);
    expect(server.events).toEqual([]);
  });
});

describe('a local port asked for', () => {
  test('serves several connections to different places, and no second one to the same', () => {
    const { sim } = world();
    new Accepting(sim.host('db'), { host: '0.0.0.0', port: PORT + 1 });
    const clients = [PORT, PORT, PORT + 1].map((port) => {
      const client = new Noting(sim.host('app'));
      client.bind({ host: '10.0.0.2', port: 5000 });
      client.connect({ host: 'db', port });
      return client;
    });
    run(sim);
    expect(clients.map(({ texts }) => texts)).toEqual([['connect'], ['failed EADDRNOTAVAIL'], ['connect']]);
  });
});
