import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { Client } from '../services/support.ts';
import { type Cli, ensureBuilt, run, withCli } from './support.ts';

beforeAll(ensureBuilt, 120_000);

async function talk(port: number, text: string): Promise<string> {
  const client = new Client({ host: '127.0.0.1', port });
  client.socket.end(text);
  return String(await client.finished());
}

async function fetchText(cli: Cli, path: string): Promise<string> {
  const { port } = await cli.line('admin');
  return await (await fetch(`http://127.0.0.1:${port}${path}`)).text();
}

describe('foulweather echo', () => {
  test('logs the start and the end of a connection as JSON', () =>
    withCli(['echo', '--port', '0'], async (cli) => {
      expect(await talk(await cli.port(), 'hello')).toBe('hello');
      expect(await cli.line('connection closed')).toMatchObject({
        level: 'info',
        service: 'echo',
        id: 1,
        receivedBytes: 5,
        sentBytes: 5,
        cause: 'end',
      });
      expect(cli.lines.map((line) => line.msg)).toEqual([
        'listening',
        'connection opened',
        'connection closed',
      ]);
    }));

  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('finishes its connections on %s, and exits at once on the second', (signal, exitCode) =>
    withCli(['echo', '--port', '0'], async (cli) => {
      const client = await new Client({ host: '127.0.0.1', port: await cli.port() }).opened();
      await cli.line('connection opened');
      cli.child.kill(signal);
      await cli.line(`${signal}: stopping`);
      client.socket.write('still there');
      await once(client.socket, 'data');
      cli.child.kill(signal);
      expect((await cli.exited).code).toBe(exitCode);
    }),
  );

  test('a terminal that hangs up twice stops it once', () =>
    withCli(['echo', '--port', '0'], async (cli) => {
      const client = await new Client({ host: '127.0.0.1', port: await cli.port() }).opened();
      await cli.line('connection opened');
      cli.child.kill('SIGHUP');
      await cli.line('SIGHUP: stopping');
      cli.child.kill('SIGHUP');
      client.socket.end('still there');
      expect(String(await client.finished())).toBe('still there');
      expect((await cli.exited).code).toBe(0);
    }));

  test('--weather cuts what is sent to pieces, says so, and changes no byte', () =>
    withCli(
      ['echo', '--port', '0', '--weather', 'split=1,short-send=0.5', '--seed', 'a1b2c3'],
      async (cli) => {
        expect(await talk(await cli.port(), 'in pieces, and whole')).toBe('in pieces, and whole');
        await cli.line('connection closed');
        const faults = cli.lines.filter((line) => line.msg === 'fault');
        expect(faults.length).toBeGreaterThan(1);
        expect(faults[0]).toMatchObject({ family: 'split', direction: 'in', socket: 1 });
      },
    ));

  test('replaces a socket file behind which nobody listens, and no other', async () => {
    const path = `/tmp/foulweather-stale-${process.pid}.sock`;
    await withCli(['echo', '--path', path], async (killed) => {
      await killed.line('listening');
      expect((await run('echo', '--path', path)).stderr).toContain('another program listens there');
      await killed.kill();
      await withCli(['echo', '--path', path], async (cli) => {
        await cli.line('listening');
        expect(cli.lines[0]).toMatchObject({ msg: 'replaced a stale socket', path });
        cli.child.kill('SIGTERM');
        expect((await cli.exited).code).toBe(0);
      });
    });
    writeFileSync(path, 'precious');
    expect((await run('echo', '--path', path)).stderr).toContain('it is not a socket');
    expect(readFileSync(path, 'utf8')).toBe('precious');
    rmSync(path);
  });

  test('hanging up stops the workers, which finish their connections', () =>
    withCli(['echo', '--port', '0', '--workers', '2'], async (cli) => {
      await cli.line('ready');
      const client = await new Client({ host: '127.0.0.1', port: await cli.port() }).opened();
      await cli.line('connection opened');
      cli.child.kill('SIGHUP');
      await cli.line('SIGHUP: stopping');
      client.socket.end('still there');
      expect(String(await client.finished())).toBe('still there');
      expect((await cli.exited).code).toBe(0);
    }));

  test('a second signal ends the workers as well', () =>
    withCli(['echo', '--port', '0', '--workers', '2'], async (cli) => {
      await cli.line('ready');
      const client = await new Client({ host: '127.0.0.1', port: await cli.port() }).opened();
      await cli.line('connection opened');
      cli.child.kill('SIGTERM');
      await cli.line('SIGTERM: stopping');
      cli.child.kill('SIGTERM');
      expect((await cli.exited).code).toBe(143);
      await client.finished();
    }));

  test('workers whose first process was killed finish their connections by the deadline', () =>
    withCli(['echo', '--port', '0', '--workers', '2', '--drain-deadline', '100ms'], async (cli) => {
      await cli.line('ready');
      const client = await new Client({ host: '127.0.0.1', port: await cli.port() }).opened();
      await cli.line('connection opened');
      cli.child.kill('SIGKILL');
      await client.finished();
      expect(client.error?.code).toBe('ECONNRESET');
      await cli.exited;
      expect(cli.lines.at(-1)).toMatchObject({ msg: 'connection closed', cause: 'drain-deadline' });
    }));

  test.each([
    [[], ''],
    [[], 'a few bytes'],
    [['--workers', '2'], ''],
  ])('a held connection that breaks makes place for the next: %j, having sent "%s"', (workers, sent) =>
    withCli(['echo', '--port', '0', '--max-connections', '1', '--max-held', '1', ...workers], async (cli) => {
      if (workers.length > 0) await cli.line('ready');
      const address = { host: '127.0.0.1', port: await cli.port() };
      const served = await new Client(address).opened();
      await cli.line('connection opened');
      const broken = await new Client(address).opened();
      if (sent !== '') await new Promise((resolve) => broken.socket.write(sent, resolve));
      broken.socket.resetAndDestroy();
      await cli.line('connection broke off');
      const held = new Client(address);
      held.socket.end('patient');
      served.socket.end();
      expect(String(await held.finished())).toBe('patient');
    }),
  );

  test('exits with 0 once the last connection has finished', () =>
    withCli(['echo', '--port', '0'], async (cli) => {
      const client = await new Client({ host: '127.0.0.1', port: await cli.port() }).opened();
      await cli.line('connection opened');
      cli.child.kill('SIGTERM');
      await cli.line('SIGTERM: stopping');
      client.socket.end('last words');
      expect(String(await client.finished())).toBe('last words');
      expect((await cli.exited).code).toBe(0);
    }));

  test('resets at the deadline what has not finished, and exits with 0', () =>
    withCli(['echo', '--port', '0', '--drain-deadline', '50ms'], async (cli) => {
      const client = await new Client({ host: '127.0.0.1', port: await cli.port() }).opened();
      await cli.line('connection opened');
      cli.child.kill('SIGTERM');
      await client.finished();
      expect(client.error?.code).toBe('ECONNRESET');
      expect((await cli.exited).code).toBe(0);
      expect(cli.lines).toContainEqual(
        expect.objectContaining({ msg: 'connection closed', cause: 'drain-deadline' }),
      );
    }));

  test('goes on, and ends, with a log on a full disk', async () => {
    const full = openSync('/dev/full', 'w');
    const port = 20_000 + (process.pid % 10_000);
    const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
    const child = spawn(process.execPath, [main, 'echo', '--port', String(port)], {
      stdio: ['ignore', full, 'inherit'],
    });
    const exited = once(child, 'exit');
    let answer = '';
    while (answer === '') answer = await talk(port, 'hello');
    expect(answer).toBe('hello');
    child.kill('SIGTERM');
    expect((await exited)[0]).toBe(0);
    closeSync(full);
  });

  test('--source sends so many bytes, --discard none', async () => {
    await withCli(['echo', '--port', '0', '--source', '300K'], async (cli) => {
      const client = new Client({ host: '127.0.0.1', port: await cli.port() });
      client.socket.end('dropped');
      const received = await client.finished();
      expect(received.length).toBe(300 * 1024);
      expect(received.every((byte, index) => byte === index % 251)).toBe(true);
    });
    await withCli(['echo', '--port', '0', '--discard'], async (cli) => {
      expect(await talk(await cli.port(), 'dropped')).toBe('');
      expect(await cli.line('connection closed')).toMatchObject({ receivedBytes: 7, sentBytes: 0 });
    });
  });
});

describe('foulweather forward', () => {
  test('forwards several addresses, Unix-domain sockets on either side', () =>
    withCli(['echo', '--port', '0'], async (echo) => {
      const path = `/tmp/foulweather-${process.pid}.sock`;
      const remote = `127.0.0.1:${await echo.port()}`;
      await withCli(
        ['forward', '--forward', `unix:${path}=${remote}`, '--forward', `0=unix:${path}`],
        async (cli) => {
          expect(await talk(await cli.port(2), 'through both')).toBe('through both');
          await cli.line('connection closed', 2);
        },
      );
    }));

  test('says why a client was reset when the remote refuses', () =>
    withCli(['forward', '-p', '0', '-r', '127.0.0.1', '-P', '1'], async (cli) => {
      const client = new Client({ host: '127.0.0.1', port: await cli.port() });
      await client.finished();
      expect(client.error?.code).toBe('ECONNRESET');
      expect(await cli.line('connection closed')).toMatchObject({
        level: 'warn',
        cause: 'refused',
        side: 'remote',
        code: 'ECONNREFUSED',
      });
    }));

  test('says that a stream was cut where a Unix-domain socket cannot be reset', async () => {
    const server = createServer((socket: Socket) => socket.once('data', () => socket.resetAndDestroy()));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const path = `/tmp/foulweather-cut-${process.pid}.sock`;
    await withCli(['forward', '--forward', `${path}=127.0.0.1:${port}`], async (cli) => {
      await cli.line('listening');
      const client = new Client({ path } as never);
      client.socket.write('x');
      await client.finished();
      expect((await cli.line('connection closed')).reason).toMatch(/^the remote reset .*the stream was cut/);
    });
    server.close();
  });

  test('serves health and metrics on a loopback port', () =>
    withCli(['echo', '--port', '0'], async (echo) =>
      withCli(
        ['forward', '-p', '0', '-r', '127.0.0.1', '-P', String(await echo.port()), '--admin', '0'],
        async (cli) => {
          await talk(await cli.port(), 'counted');
          await cli.line('connection closed');
          expect(await fetchText(cli, '/health')).toBe('ok\n');
          expect(await fetchText(cli, '/ready')).toBe('ready\n');
          const metrics = await fetchText(cli, '/metrics');
          expect(metrics).toMatch(/^foulweather_received_bytes_total\{local="127.0.0.1:\d+"\} 7$/m);
          expect(metrics).toMatch(/^foulweather_connections_closed_total\{.*cause="end".*\} 1$/m);
        },
      ),
    ));

  test('applies limits and metrics to all workers, and stops them together', () =>
    withCli(['echo', '--port', '0'], async (echo) =>
      withCli(
        ['forward', '-p', '0', '-r', '127.0.0.1', '-P', String(await echo.port())].concat([
          '--workers',
          '2',
          '--max-connections',
          '2',
          '--admin',
          '0',
        ]),
        async (cli) => {
          await cli.line('ready');
          const address = { host: '127.0.0.1', port: await cli.port() };
          const clients = [await new Client(address).opened(), await new Client(address).opened()];
          await cli.line('connection opened', 2);
          const third = new Client(address);
          await third.finished();
          expect(third.error?.code).toBe('ECONNRESET');
          expect(await fetchText(cli, '/metrics')).toMatch(/^foulweather_connections_active\{.*\} 2$/m);
          cli.child.kill('SIGTERM');
          await cli.line('SIGTERM: stopping');
          for (const client of clients) client.socket.end('bye');
          for (const client of clients) expect(String(await client.finished())).toBe('bye');
          expect((await cli.exited).code).toBe(0);
        },
      ),
    ));
});
