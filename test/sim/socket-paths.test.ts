import { describe, expect, test } from 'vitest';
import { Simulation } from '../../src/sim/index.ts';
import { Accepting, connecting, type Noting } from './support/noting.ts';

const PATH = '/run/app.sock';
const run = (sim: Simulation): void => sim.run({ allowOpen: true });

function listening(path = PATH): { sim: Simulation; server: Accepting } {
  const sim = new Simulation();
  return { sim, server: new Accepting(sim.host('db'), { path }) };
}

/** What a connect to `path` meets once everything else has happened. */
function meet(sim: Simulation, path = PATH): string[] {
  const client: Noting = connecting(sim.host('db'), { path });
  run(sim);
  return client.texts;
}

function listenAgain(sim: Simulation, path = PATH): string[] {
  const server = new Accepting(sim.host('db'), { path });
  run(sim);
  return server.events.map(([, text]) => text);
}

describe('a path', () => {
  test('with a listener is connected to, on its own host alone', () => {
    const { sim } = listening();
    expect(meet(sim)).toEqual(['connect']);
    const stranger = connecting(sim.host('app'), { path: PATH });
    run(sim);
    expect(stranger.texts).toEqual(['failed ENOENT']);
  });

  test('spelled with // or /./ is the same path', () => {
    const { sim } = listening();
    expect(meet(sim, '/run//app.sock')).toEqual(['connect']);
    expect(meet(sim, '/run/././app.sock')).toEqual(['connect']);
    expect(listenAgain(sim, '//run/app.sock')).toEqual(['failed EADDRINUSE']);
  });

  test('that nothing made is ENOENT', () => {
    expect(meet(new Simulation())).toEqual(['failed ENOENT']);
  });

  test('stays behind when its host crashes: it refuses, and is in use until it is unlinked', () => {
    const { sim } = listening();
    run(sim);
    sim.host('db').crash().restart();
    expect(meet(sim)).toEqual(['refused ECONNREFUSED']);
    expect(listenAgain(sim)).toEqual(['failed EADDRINUSE']);
    sim.host('db').volume.unlinkSync(PATH);
    expect(listenAgain(sim)).toEqual([]);
    expect(meet(sim)).toEqual(['connect']);
  });

  test('is gone when its listener closes', () => {
    const { sim, server } = listening();
    run(sim);
    expect(sim.host('db').volume.existsSync(PATH)).toBe(true);
    server.close();
    expect(sim.host('db').volume.existsSync(PATH)).toBe(false);
    expect(meet(sim)).toEqual(['failed ENOENT']);
  });

  test('that is unlinked while somebody listens is not found, and is free for another listener', () => {
    const { sim, server } = listening();
    const client = connecting(sim.host('db'), { path: PATH });
    run(sim);
    sim.host('db').volume.unlinkSync(PATH);
    expect(meet(sim)).toEqual(['failed ENOENT']);
    expect(client.texts).toEqual(['connect']);
    expect(listenAgain(sim)).toEqual([]);
    expect(meet(sim)).toEqual(['connect']);
    expect(server.accepted).toHaveLength(1);
  });

  test('goes with the first of two listeners, as libuv unlinks whatever is there', () => {
    const { sim, server } = listening();
    run(sim);
    sim.host('db').volume.unlinkSync(PATH);
    expect(listenAgain(sim)).toEqual([]);
    server.close();
    expect(meet(sim)).toEqual(['failed ENOENT']);
  });

  test('of a regular file refuses, and cannot be listened on', () => {
    const sim = new Simulation();
    sim.host('db').volume.fromJSON({ '/etc/hosts': 'x' });
    expect(meet(sim, '/etc/hosts')).toEqual(['refused ECONNREFUSED']);
    expect(listenAgain(sim, '/etc/hosts')).toEqual(['failed EADDRINUSE']);
    expect(meet(sim, '/etc/hosts/x')).toEqual(['failed ENOTDIR']);
    expect(listenAgain(sim, '/etc/hosts/x')).toEqual(['failed ENOTDIR']);
  });

  test('in a directory that is not there is ENOENT for a client and EACCES for a listener', () => {
    const sim = new Simulation();
    sim.host('db').volume.fromJSON({ '/etc/hosts': 'x' });
    expect(meet(sim, '/nowhere/x')).toEqual(['failed ENOENT']);
    expect(listenAgain(sim, '/nowhere/x')).toEqual(['failed EACCES']);
  });

  test('without permission is EACCES', () => {
    const { sim } = listening();
    const { volume } = sim.host('db');
    run(sim);
    volume.chmodSync(PATH, 0o555);
    expect(meet(sim)).toEqual(['failed EACCES']);
    volume.mkdirSync('/closed', { mode: 0o555 });
    expect(listenAgain(sim, '/closed/x')).toEqual(['failed EACCES']);
  });

  // Known difference 'long-paths'.
  test('of more than 107 bytes is ENAMETOOLONG', () => {
    const sim = new Simulation();
    expect(listenAgain(sim, `/${'a'.repeat(106)}`)).toEqual([]);
    expect(listenAgain(sim, `/${'a'.repeat(107)}`)).toEqual(['failed ENAMETOOLONG']);
    expect(meet(sim, `/${'ä'.repeat(54)}`)).toEqual(['failed ENAMETOOLONG']);
  });
});

// connect(2), EAGAIN for nonblocking Unix-domain sockets. One more than the backlog fits; test/real/real-only.test.ts shows it.
test('a connection to a path whose backlog is full is EAGAIN', () => {
  const sim = new Simulation();
  const server = new Accepting(sim.host('db'), { path: PATH }, { backlog: 1 });
  server.wantRead(false);
  run(sim);
  const clients = [1, 2, 3].map(() => connecting(sim.host('db'), { path: PATH }));
  run(sim);
  expect(clients.map(({ texts }) => texts)).toEqual([['connect'], ['connect'], ['failed EAGAIN']]);
  server.wantRead(true);
  run(sim);
  expect(server.accepted).toHaveLength(2);
});
