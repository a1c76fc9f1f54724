import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Cli, ensureBuilt } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'foulweather-verify-'));
const HELD = 'examples/flaky-dispatcher/shouter.scenario.ts';

/** A client whose law breaks when its one send is cut short. */
const FAILING = `
import { Dispatcher, type Scenario } from 'foulweather';

class Client extends Dispatcher {
  override handleConnect(): void {
    if (this.send(new Uint8Array(2)) < 2) throw new Error('only one byte went');
    this.close();
  }
}

export const hasty: Scenario = {
  name: 'hasty',
  setup(sim) {
    const listener = new Dispatcher(sim.host('server').reactor);
    listener.bind({ host: '0.0.0.0', port: 7 });
    listener.listen();
    new Client(sim.host('client').reactor).connect({ host: 'server', port: 7 });
  },
  run: { untilMs: 1000, allowOpen: true },
};
`;

async function run(
  ...parameters: string[]
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await new Cli('verify', ...parameters).exited;
  return { code, stdout: stdout.toString(), stderr };
}

beforeAll(() => {
  ensureBuilt();
  writeFileSync(join(folder, 'hasty.ts'), FAILING);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('verify', () => {
  test('a scenario that holds is reported with schedules and faults, and exits with 0', async () => {
    const report = join(folder, 'report.json');
    const { code, stdout } = await run(HELD, '--schedules', '500', '--without-corpus', '--report', report);
    expect(stdout).toContain('✓ shouter');
    expect(stdout).toMatch(/short-send [1-9]/);
    expect(stdout.trimEnd()).toMatch(/All promises held\.$/);
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(report, 'utf8')).reports[0].schedules).toBe(500);
  });

  test('a failure is shrunk, exits with 1, and its replay line fails the same way', async () => {
    const module = join(folder, 'hasty.ts');
    const { code, stdout } = await run(module, '--without-corpus');
    expect(code).toBe(1);
    expect(stdout).toContain('fails with 1 deviation:');
    const [, again] = /npx foulweather verify (.*--replay \S+)/.exec(stdout)!;
    const replayed = await run(...again.split(' '));
    expect(replayed.code).toBe(1);
    expect(replayed.stdout).toContain('send accepts 1 of 2 bytes');
  });

  test('a report that cannot be written loses no failure from the corpus', async () => {
    const corpus = join(folder, 'corpus');
    const module = join(folder, 'hasty.ts');
    const { code, stderr } = await run(module, '--corpus', corpus, '--report', join(module, 'a.json'));
    expect(stderr).toContain('the report cannot be written there');
    expect(code).toBe(2);
    expect(readFileSync(join(corpus, 'hasty.json'), 'utf8')).toContain('fw1.hasty.');
  });

  test('every schedule of up to one deviation is a bound that can be completed', async () => {
    const { code, stdout } = await run(HELD, '--deviations', '1', '--without-corpus');
    expect(stdout).toMatch(/deviations ≤ 1.*, complete$/m);
    expect(code).toBe(0);
  });

  test('what cannot be explored is one clear line, and exits with 2', async () => {
    const missing = await run('no-such-file.ts');
    expect([missing.code, missing.stderr]).toEqual([
      2,
      expect.stringContaining('no-such-file.ts cannot be loaded: Cannot find module'),
    ]);
    const old = await run('--replay', 'fw0.echo');
    expect([old.code, old.stderr]).toEqual([2, expect.stringContaining('was not recorded by this version')]);
  });
});

describe('report merge', () => {
  const part = (number: number): string => join(folder, `part-${number}.json`);

  async function merge(
    ...parameters: string[]
  ): Promise<{ code: number | null; stdout: string; stderr: string }> {
    const { code, stdout, stderr } = await new Cli('report', 'merge', ...parameters).exited;
    return { code, stdout: stdout.toString(), stderr };
  }

  beforeAll(async () => {
    for (const number of [1, 2]) {
      const told = ['--deviations', '1', '--without-corpus', '--report', part(number)];
      await run(HELD, '--shard', `${number}/2`, ...told);
    }
    await run(HELD, '--deviations', '1', '--without-corpus', '--report', part(0));
  }, 120_000);

  const schedulesOf = (file: string): number =>
    JSON.parse(readFileSync(file, 'utf8')).reports[0].schedules as number;

  test('the parts together are what one machine does', async () => {
    const whole = join(folder, 'whole.json');
    const { code, stdout } = await merge(part(1), part(2), '--out', whole, '--require-complete');
    expect(stdout).toContain('1 complete within the bound');
    expect(code).toBe(0);
    expect(schedulesOf(whole)).toBe(schedulesOf(part(0)));
  });

  test('with a part missing, nothing is complete, and the part is named', async () => {
    const { code, stdout } = await merge(part(2), '--require-complete');
    expect(stdout).toContain('Parts that are missing: 1/2.');
    expect(stdout).toContain('0 complete');
    expect(code).toBe(3);
  });

  test.each([
    ['parts of different searches', () => [part(0), part(1)], 'it is a part of 2, not of 1'],
    ['one part twice', () => [part(1), part(1)], 'is named twice'],
    ['a file that is not there', () => [join(folder, 'nowhere.json')], 'there is no such file'],
    ['a file that is something else', () => [join(folder, 'hasty.ts')], 'it is no report'],
    ['no file', () => [], 'which reports?'],
  ])('%s: one line, and exit code 2', async (_what, files, message) => {
    const { code, stderr } = await merge(...files());
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});
