import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Cli, ensureBuilt } from './support.ts';

// Each test starts processes of its own, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'foulweather-verify-'));
const HELD = 'examples/flaky-dispatcher/shouter.scenario.ts';

/** A client whose law breaks when its one send is cut short. */
const FAILING = `
import cp from 'node:child_process';
import fs from 'node:fs';
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

  test('a report that could not be written is told before the search', async () => {
    const module = join(folder, 'hasty.ts');
    const { code, stdout, stderr } = await run(module, '--report', join(module, 'a.json'));
    expect(stderr).toContain('the report cannot be written there');
    expect([code, stdout]).toEqual([2, '']);
  });

  // Only Linux has a device that is always full.
  test.runIf(process.platform === 'linux')(
    'a report that turns out not to fit loses no failure from the corpus',
    async () => {
      const corpus = join(folder, 'corpus');
      const report = join(folder, 'full');
      symlinkSync('/dev/full', report);
      const { code, stderr } = await run(
        join(folder, 'hasty.ts'),
        ...['--corpus', corpus, '--report', report],
      );
      expect(stderr).toContain('the report cannot be written there (ENOSPC');
      expect(code).toBe(2);
      expect(readFileSync(join(corpus, 'hasty.json'), 'utf8')).toContain('fw2.hasty.');
    },
  );

  test('when nobody reads its results, the corpus, the report and the exit code are as ever', async () => {
    const corpus = join(folder, 'unread');
    const report = join(folder, 'unread.json');
    const cli = new Cli('verify', join(folder, 'hasty.ts'), HELD, '--corpus', corpus, '--report', report);
    cli.child.stdout!.destroy();
    const { code, stderr } = await cli.exited;
    expect([code, stderr]).toEqual([1, '']);
    expect(readFileSync(join(corpus, 'hasty.json'), 'utf8')).toContain('fw2.hasty.');
    expect(JSON.parse(readFileSync(report, 'utf8')).reports).toHaveLength(2);
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
      expect.stringContaining('no-such-file.ts cannot be loaded: there is no such file'),
    ]);
    const unmatched = await run('no-such-*.ts');
    expect([unmatched.code, unmatched.stderr]).toEqual([
      2,
      expect.stringContaining('no-such-*.ts cannot be loaded: no file matches it'),
    ]);
    const old = await run('--replay', 'fw0.echo');
    expect([old.code, old.stderr]).toEqual([2, expect.stringContaining('was not recorded by this version')]);
  });
});

describe('options that make no sense', () => {
  test.each([
    [['--budget', '0'], '--budget must be more than 0'],
    [['--corpus', 'here', '--without-corpus'], '--corpus and --without-corpus exclude each other'],
    [['--replay', 'nonsense'], '"nonsense" is no replay string: one begins with "fw2."'],
    [['--replay', 'fw1.hasty.!!.k1'], 'names fault families that there are not: "!!"'],
  ])('%j are one clear line, and exit code 2', async (parameters, message) => {
    const { code, stderr } = await run(join(folder, 'hasty.ts'), ...parameters);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  test('what a replay has no use for is told', async () => {
    const schedule = 'fw1.hasty.1ekf.6ss1-2.k1ay8gw4';
    const parameters = ['--replay', schedule, '--schedules', '5', '--report', join(folder, 'none.json')];
    const { code, stderr } = await run(join(folder, 'hasty.ts'), ...parameters);
    expect(stderr).toContain('--replay runs one schedule, and has no use for --schedules, --report.');
    expect(code).toBe(1);
  });
});

test('the line that replays names the module of the scenario alone, also from a merged report', async () => {
  const report = join(folder, 'two.json');
  const again = new RegExp(`npx foulweather verify ${join(folder, 'hasty.ts')} --replay fw2\\.hasty`);
  const { stdout } = await run(HELD, join(folder, 'hasty.ts'), '--without-corpus', '--report', report);
  expect(stdout).toMatch(again);
  const merged = await new Cli('report', 'merge', report).exited;
  expect(merged.stdout.toString()).toMatch(again);
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

describe('a scenario that misbehaves', () => {
  const write = (name: string, body: string): string => {
    const file = join(folder, `${name}.ts`);
    writeFileSync(file, FAILING.replace(/class Client[\s\S]*?\n}\n/, body).replace("'hasty'", `'${name}'`));
    return file;
  };
  const client = (handleConnect: string): string =>
    `class Client extends Dispatcher {\n  ${handleConnect}\n}\n`;

  test.each([
    [
      'loops-for-ever',
      'override handleConnect(): void {\n    if (this.send(new Uint8Array(2)) < 2) for (;;);\n    this.close();\n  }',
      /every run ends[\s\S]*has not ended after 1 s \(--run-timeout\); it is in handleConnect \(.*loops-for-ever\.ts:\d+[\s\S]*--replay fw2/,
    ],
    [
      'ends-the-process',
      'override handleConnect(): void {\n    process.exit(0);\n  }',
      /process\.exit was used at .*ends-the-process\.ts:\d+/,
    ],
    [
      'awaits',
      'override async handleConnect(): Promise<void> {\n    await null;\n    this.close();\n  }',
      /a promise made at .*awaits\.ts:\d+:\d+ goes on after the run is over/,
    ],
    [
      'rejects',
      "override async handleConnect(): Promise<void> {\n    throw new Error('no luck');\n  }",
      /a promise was rejected and nobody handled it: Error: no luck, at .*rejects\.ts:\d+/,
    ],
    [
      'asks-the-system',
      "override handleConnect(): void {\n    fs.readFile('/etc/hostname', () => this.close());\n    this.close();\n  }",
      /the operating system was asked at .*asks-the-system\.ts:\d+:\d+, and answers after the run is over/,
    ],
    [
      'starts-a-process',
      "override handleConnect(): void {\n    cp.execFileSync('true');\n    this.close();\n  }",
      /child_process\.execFileSync was used at .*starts-a-process\.ts:\d+/,
    ],
    [
      'puts-off',
      'override handleConnect(): void {\n    queueMicrotask(() => this.close());\n  }',
      /queueMicrotask was used at .*puts-off\.ts:\d+/,
    ],
    [
      'throws-text',
      "override handleConnect(): void {\n    throw 'just text';\n  }",
      /no exception goes unhandled[\s\S]*error {7}just text/,
    ],
    [
      'throws-what-cannot-be-read',
      'override handleConnect(): void {\n    throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 2; } });\n  }',
      /no exception goes unhandled[\s\S]*error {7}Error: an object was thrown that cannot be read/,
    ],
    [
      'throws-an-object',
      'override handleConnect(): void {\n    throw Object.create(null);\n  }',
      /no exception goes unhandled[\s\S]*error {7}\{ {2}\}/,
    ],
  ])('%s: a failure that names the place, and exit code 1', async (name, body, message) => {
    const module = write(name, client(body));
    const { code, stdout } = await run(module, '--run-timeout', '1s', '--without-corpus');
    expect(stdout).toMatch(message);
    expect(code).toBe(1);
  });

  test.each([
    ['exits-at-import', 'process.exit(0);', 'the program ended its thread with exit code 0'],
    ['throws-at-import', "throw new Error('too early');", 'too early, at '],
    ['does-not-parse', 'export const = 3;', 'Unexpected token, at '],
    [
      'exports-nothing',
      '',
      'exports no scenario, an object with a name and a setup(sim) function; it exports nothing',
    ],
    [
      'exports-a-function',
      'export default function make() { return []; }',
      'it exports default (function make); if default makes scenarios, export what it gives',
    ],
    ['has-no-name', 'export const nameless = { setup() {} };', 'its export nameless cannot be used'],
  ])('%s: one clear line, and exit code 2', async (name, body, message) => {
    const file = join(folder, `${name}.ts`);
    writeFileSync(file, body);
    const { code, stderr } = await run(file);
    expect(stderr).toContain(message);
    expect(stderr).toContain(`${name}.ts`);
    expect(code).toBe(2);
  });

  test.each([
    ['spins-at-import', 'for (;;);', /it is in \S*spins-at-import\.ts:1:/],
    ['awaits-at-import', 'await new Promise(() => {});', /it waits for what does not come/],
  ])('%s: found when --load-timeout is over, one line, and exit code 2', async (name, body, where) => {
    const file = join(folder, `${name}.ts`);
    writeFileSync(file, body);
    const { code, stderr } = await run(file, '--load-timeout', '5s');
    expect(stderr).toMatch(/-at-import\.ts cannot be loaded: it has not come to its end after 5 s/);
    expect(stderr).toMatch(where);
    expect(code).toBe(2);
  });

  test('that leaks is a failure of its own, and the others are searched and kept', async () => {
    const leak = 'const kept: unknown[] = [];\n';
    const body =
      'override handleConnect(): void {\n    for (;;) kept.push(new Array(10_000).fill(0.5));\n  }';
    const corpus = join(folder, 'leaked');
    vi.stubEnv('NODE_OPTIONS', '--max-old-space-size=100');
    const modules = [write('leaks', leak + client(body)), join(folder, 'hasty.ts')];
    const { code, stdout } = await run(...modules, '--corpus', corpus, '--threads', '2');
    vi.unstubAllEnvs();
    expect(stdout).toMatch(
      /a search has enough memory\n {2}scenario {4}leaks[\s\S]*ran out of memory: look for/,
    );
    expect([code, stdout]).toEqual([1, expect.stringContaining('2 of 2 scenarios failed.')]);
    expect(readFileSync(join(corpus, 'hasty.json'), 'utf8')).toContain('fw2.hasty.');
  });

  // Windows has no FIFOs in its file system.
  describe.runIf(process.platform !== 'win32')('that waits in the operating system', () => {
    /** A module that reads a FIFO which nobody writes, and a file that is there once it does. */
    const reader = (name: string): { module: string; marker: string } => {
      const [fifo, marker, module] = ['fifo', 'begun', 'mjs'].map((end) => join(folder, `${name}.${end}`));
      execFileSync('mkfifo', [fifo]);
      const text = `fs.writeFileSync(${JSON.stringify(marker)}, '');\nfs.readFileSync(${JSON.stringify(fifo)});`;
      writeFileSync(module, `import fs from 'node:fs';\n${text}`);
      return { module, marker };
    };

    test('does not keep a signal from ending it', async () => {
      const { module, marker } = reader('stopped-fifo');
      const cli = new Cli('verify', module);
      while (!existsSync(marker)) await new Promise((resolve) => setTimeout(resolve, 50));
      cli.child.kill('SIGTERM');
      await cli.exited;
      expect(cli.child.signalCode).toBe('SIGTERM');
    });

    test('does not keep it from ending, after it has said what is wrong', async () => {
      const { module, marker } = reader('unloaded-fifo');
      const cli = new Cli('verify', module, '--load-timeout', '5s');
      const { stderr } = await cli.exited;
      expect(existsSync(marker)).toBe(true);
      expect(stderr).toMatch(
        /it waits for what does not come[\s\S]*cannot be ended: this process is killed\n$/,
      );
      expect(cli.child.signalCode).toBe('SIGKILL');
    });
  });

  test('what it prints is shown up to a limit, beside the results', async () => {
    const body = client(
      "override handleConnect(): void {\n    console.log('x'.repeat(999));\n    this.close();\n  }",
    );
    const { code, stdout, stderr } = await run(write('prints', body), '--schedules', '200', '--threads', '1');
    expect([code, stdout.includes('xxx')]).toEqual([0, false]);
    expect(stderr.length).toBeLessThan(40_000);
    expect(stderr).toContain('--replay shows what one run prints');
  });

  test('stopped by SIGINT, it keeps what was found, writes the report, and exits with 130', async () => {
    const report = join(folder, 'stopped.json');
    const corpus = join(folder, 'stopped');
    const parameters = ['--budget', '60s', '--corpus', corpus, '--report', report, '--threads', '1'];
    const cli = new Cli('verify', join(folder, 'hasty.ts'), HELD, ...parameters);
    while (!existsSync(join(corpus, 'hasty.json'))) await new Promise((resolve) => setTimeout(resolve, 50));
    cli.child.kill('SIGINT');
    const { code, stdout } = await cli.exited;
    expect(stdout.toString()).toContain('Stopped by SIGINT.');
    expect(code).toBe(130);
    expect(JSON.parse(readFileSync(report, 'utf8')).reports).toHaveLength(2);
  });
});

describe('the modules', () => {
  const SCENARIO = "{ name: 'NAME', setup(sim) { sim.eventually('it holds', () => true); } }";
  test.each([
    ['named.mts', `export const one = ${SCENARIO};`],
    ['typed.cts', `const one: object = ${SCENARIO}; export = one;`],
    ['default.mjs', `export default [${SCENARIO}];`],
    ['assigned.cjs', `module.exports = ${SCENARIO};`],
    ['exported.js', `exports.one = ${SCENARIO};`],
    [
      'requires.cjs',
      `const { Simulation } = require('foulweather'); exports.one = ${SCENARIO.replace('() => true', '() => sim instanceof Simulation')};`,
    ],
    ['with a space.ts', `await null; export default ${SCENARIO};`],
  ])('%s is loaded in every thread', async (file, text) => {
    const name = file.replace(/\W/g, '-');
    writeFileSync(join(folder, file), text.replace('NAME', name));
    const { code, stdout } = await run(join(folder, file), '--schedules', '4', '--threads', '2');
    expect([code, stdout]).toEqual([0, expect.stringContaining(`✓ ${name}`)]);
  });

  test('paths of a tsconfig.json lead to what modules import', async () => {
    const project = join(folder, 'project');
    mkdirSync(join(project, 'lib'), { recursive: true });
    writeFileSync(
      join(project, 'tsconfig.json'),
      '{ "compilerOptions": { "paths": { "@lib/*": ["./lib/*"] } } }',
    );
    writeFileSync(join(project, 'lib', 'held.ts'), 'export const held = (): boolean => true;');
    writeFileSync(
      join(project, 'mapped.ts'),
      `import { held } from '@lib/held';\nexport const one = ${SCENARIO.replace('NAME', 'mapped').replace('() => true', 'held')};`,
    );
    const { code, stdout } = await run(join(project, 'mapped.ts'), '--schedules', '4', '--without-corpus');
    expect([code, stdout]).toEqual([0, expect.stringContaining('✓ mapped')]);
  });

  test('as many scenarios as one likes are run by one thread, and nothing is said beside the results', async () => {
    const names = Array.from({ length: 12 }, (_, index) => SCENARIO.replace('NAME', `one-of-${index}`));
    writeFileSync(join(folder, 'dozen.mjs'), `export default [${names.join(', ')}];`);
    const { code, stdout, stderr } = await run(join(folder, 'dozen.mjs'), '--threads', '1');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('12 scenarios, 12 complete within the bound');
  });

  test('a bound and a number of schedules: the bound is complete only if they suffice', async () => {
    const searched = (schedules: string): ReturnType<typeof run> =>
      run(HELD, ...['--deviations', '1', '--schedules', schedules, '--require-complete', '--without-corpus']);
    const few = await searched('5');
    expect([few.code, few.stdout]).toEqual([3, expect.stringContaining('5 runs')]);
    const enough = await searched('5000');
    expect([enough.code, enough.stdout]).toEqual([0, expect.stringMatching(/deviations ≤ 1.*, complete$/m)]);
  });
});

test('what is demanded and was not seen exits with 1, and is named', async () => {
  const module = join(folder, 'quiet.mjs');
  writeFileSync(
    module,
    `export const quiet = { name: 'quiet', families: ['split'], setup: (sim) => sim.sometimes('blue moon', false) };`,
  );
  const reported = await run(module, '--without-corpus');
  expect(reported.stdout).toMatch(/never fired: split\n\s+never held: blue moon/);
  expect(reported.code).toBe(0);
  const demanded = await run(module, '--without-corpus', '--require-faults', '--require-sometimes');
  expect(demanded.stdout).toContain('Demanded of quiet, and not seen: families that never fired (split).');
  expect(demanded.stdout).toContain(
    'Demanded of quiet, and not seen: states that were never reached (blue moon).',
  );
  expect(demanded.code).toBe(1);
});
