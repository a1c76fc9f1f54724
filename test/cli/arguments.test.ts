import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { forwardPair } from '../../src/cli/arguments/values.ts';
import { ensureBuilt, run, withCli } from './support.ts';

beforeAll(ensureBuilt, 120_000);

/** The lines that say what is wrong, without the one that says where help is. */
async function complaints(...parameters: string[]): Promise<string[]> {
  const { code, stderr } = await run(...parameters);
  expect(code).toBe(2);
  const lines = stderr.trimEnd().split('\n');
  expect(lines.pop()).toMatch(/^Run "foulweather.* --help" for what it takes\.$/);
  return lines;
}

describe('the command line', () => {
  test('--help prints every command', async () => {
    const { code, stdout } = await run('--help');
    expect(code).toBe(0);
    for (const name of ['echo', 'forward', 'get']) expect(String(stdout)).toContain(`  ${name} `);
  });

  test.each(['echo', 'forward', 'get'])('%s --help ends with examples', async (name) => {
    const { code, stdout } = await run(name, '--help');
    expect(code).toBe(0);
    expect(String(stdout)).toContain(`Examples:\n  foulweather ${name} `);
  });

  test('without a command it prints the help and exits with 2', async () => {
    expect((await run()).code).toBe(2);
  });

  test('an unknown command is named with the nearest one', async () => {
    expect(await complaints('ech')).toEqual(['foulweather: unknown command ech; did you mean echo?']);
  });

  test('all problems of one call are listed', async () => {
    expect(await complaints('forward', '--local-prot', '80', '-p', '99999', '-r')).toEqual([
      'foulweather forward: 3 problems',
      '  unknown option --local-prot; did you mean --local-port?',
      '  --local-port must be a port from 0 to 65535, got "99999"',
      '  --remote-ip needs a value: -r, --remote-ip <address>',
    ]);
  });

  test('a forward without a remote says so', async () => {
    expect(await complaints('forward', '-p', '0')).toEqual([
      'foulweather forward: -r, --remote-ip is missing: the address to forward to',
    ]);
  });

  test('a get without a URL, or with one it cannot get, says so', async () => {
    expect(await complaints('get')).toEqual(['foulweather get: <url> is missing']);
    expect(await complaints('get', 'https://example.net/')).toEqual([
      'foulweather get: url must begin with http://, got https://',
    ]);
  });

  test('options that exclude each other are named', async () => {
    expect(await complaints('echo', '--discard', '--source', '1K', '--low-water-mark', '1')).toEqual([
      'foulweather echo: 2 problems',
      '  --discard and --source exclude each other',
      '  --low-water-mark (1) must be at most --high-water-mark (0)',
    ]);
  });

  test('an unknown key of a configuration file is named with the nearest one', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'foulweather-')), 'echo.json');
    writeFileSync(file, JSON.stringify({ 'max-conections': 5, idleTimeout: 'long' }));
    expect(await complaints('echo', '--config', file)).toEqual([
      'foulweather echo: 2 problems',
      `  ${file}: unknown key max-conections; did you mean maxConnections?`,
      `  ${file}: idleTimeout must be a time such as 500ms, 30s, 5m or 1h, got "long"`,
    ]);
  });

  test('a configuration file is read, and the command line wins', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'foulweather-')), 'echo.json');
    writeFileSync(file, JSON.stringify({ port: 1, host: '127.0.0.1', 'idle-timeout': '1m' }));
    await withCli(['echo', '--config', file, '--port', '0'], async (cli) => {
      expect(await cli.port()).toBeGreaterThan(1);
    });
  });

  test('what a configuration file says twice or means to be another key is told', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'foulweather-')), 'forward.json');
    writeFileSync(file, JSON.stringify({ forward: '0=1', idleTimeout: '1s', 'idle-timeout': '2s', port: 1 }));
    expect(await complaints('forward', '--config', file)).toEqual([
      'foulweather forward: 2 problems',
      `  ${file}: idleTimeout is given twice`,
      `  ${file}: unknown key port; did you mean localPort?`,
    ]);
  });

  test('a configured value of the wrong type is shown', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'foulweather-')), 'types.json');
    writeFileSync(file, JSON.stringify({ port: null, idleTimeout: [1], maxConnections: true }));
    expect(await complaints('echo', '--config', file)).toEqual([
      'foulweather echo: 3 problems',
      `  ${file}: port must be text or a number, got null`,
      `  ${file}: maxConnections must be text or a number, got true`,
      `  ${file}: idleTimeout must be text or a number, got [1]`,
    ]);
  });

  test('a path may contain =', () => {
    const internet = { host: '127.0.0.1', port: 80 };
    expect(forwardPair('unix:/a=b=127.0.0.1:80')).toEqual({ local: { path: '/a=b' }, remote: internet });
    expect(forwardPair('80=unix:/c=d')).toEqual({ local: internet, remote: { path: '/c=d' } });
  });

  test('a pair with = in a path that can be read in two ways is refused', () => {
    expect(() => forwardPair('/a=/b=/c')).toThrow('can be read in 2 ways');
  });

  test('forwards that cannot be meant are named', async () => {
    expect(
      await complaints('forward', '--forward', '81=127.0.0.1:81', '--forward', '81=0', '--forward', '81=82'),
    ).toEqual([
      'foulweather forward: 3 problems',
      '  --forward 81=0: the remote side must be a port from 1 to 65535, got "0"',
      '  127.0.0.1:81 would be forwarded to itself',
      '  127.0.0.1:81 is forwarded twice',
    ]);
    expect(await complaints('forward', '-l', 'unix:', '-r', 'unix:')).toEqual([
      'foulweather forward: 2 problems',
      '  --local-ip must not be empty',
      '  --remote-ip must not be empty',
    ]);
  });

  test('a value that a switch cannot take, a time that no timer can wait, a seed for nothing', async () => {
    expect(await complaints('echo', '--quiet=yes', '--drain-deadline', '600h', '--seed', '3')).toEqual([
      'foulweather echo: 3 problems',
      '  --quiet takes no value, got "yes"',
      '  --drain-deadline must be at most 596h, got "600h"',
      '  --seed is for --weather, which is missing',
    ]);
  });

  test.each(['localhost', 'unix:/run/admin.sock'])('--admin %s is told what it may be', async (admin) => {
    expect(await complaints('echo', '--admin', admin)).toEqual([
      `foulweather echo: --admin must be PORT, HOST:PORT or [IPV6]:PORT, got "${admin}"`,
    ]);
  });

  test('a URL whose user is not percent-encoded is no crash', async () => {
    expect(await complaints('get', 'http://u%zz@127.0.0.1/')).toEqual([
      'foulweather get: the user of the url must be percent-encoded UTF-8, got "u%zz"',
    ]);
  });

  test('an address in use is one line and exit code 1', async () => {
    await withCli(['echo', '--port', '0'], async (cli) => {
      const port = await cli.port();
      const { code, stderr } = await run('echo', '--port', String(port));
      expect(code).toBe(1);
      expect(stderr).toMatch(
        new RegExp(`^foulweather echo: cannot listen on 127.0.0.1:${port}: the address is in use.*\\n$`),
      );
    });
  });

  test('an unknown host is one line and exit code 1', async () => {
    const { code, stderr } = await run('forward', '-p', '0', '-r', 'no-such-host.invalid');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^foulweather forward: the remote host no-such-host\.invalid is unknown .*\n$/);
  });
});
