// The package as others get it: packed, and installed into an empty project.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PROJECT = fileURLToPath(new URL('project/', import.meta.url));

const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
const specifiers = Object.keys(manifest.exports)
  .filter((path) => path !== './package.json')
  .map((path) => `foulweather${path.slice(1)}`);
/** What needs a peer that is optional. */
const ADAPTORS = ['foulweather/fast-check', 'foulweather/vitest'];

let project = '';

async function npm(...parameters: string[]): Promise<string> {
  const { stdout } = await run('npm', [...parameters, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: project,
  });
  return stdout;
}

async function node(...parameters: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, parameters, { cwd: project });
  return stdout.trim();
}

function namesBy(how: 'import' | 'require', specifier: string): Promise<string> {
  return how === 'require'
    ? node('-p', `Object.keys(require('${specifier}')).filter((n) => n !== '__esModule').sort().join()`)
    : node(
        '--input-type=module',
        '-e',
        `import * as all from '${specifier}'; console.log(Object.keys(all).filter((n) => n !== 'module.exports').sort().join())`,
      );
}

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'foulweather-package-'));
  // dist is fresh: `npm test` builds first. Building here would take it away from tests that run beside this one.
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', project], {
    cwd: ROOT,
  });
  const packed = JSON.parse(stdout);
  const [{ filename }] = Array.isArray(packed) ? packed : Object.values<{ filename: string }>(packed);
  await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'somebody-elses', type: 'module' }));
  await npm('install', '--prefer-offline', '--ignore-scripts', join(project, filename));
});

afterAll(() => rm(project, { recursive: true, force: true }));

describe('without its optional peers', () => {
  test.each(specifiers.filter((name) => !ADAPTORS.includes(name)))(
    '%s loads by import and by require',
    async (name) => {
      const imported = await namesBy('import', name);
      expect(imported).not.toBe('');
      expect(await namesBy('require', name)).toBe(imported);
    },
  );

  test('neither vitest nor fast-check was installed with it', async () => {
    await expect(namesBy('import', 'vitest')).rejects.toThrow('ERR_MODULE_NOT_FOUND');
    await expect(namesBy('import', 'fast-check')).rejects.toThrow('ERR_MODULE_NOT_FOUND');
  });

  test('the command prints its version and its help', async () => {
    expect(await npm('exec', '--', 'foulweather', '--version')).toContain(manifest.version);
    expect(await npm('exec', '--', 'foulweather', '--help')).toContain('verify');
  });
});

describe('in a project with vitest and fast-check', () => {
  beforeAll(async () => {
    const peers = ['vitest', 'fast-check', '@types/node'].map(
      (name) => `${name}@${manifest.devDependencies[name]}`,
    );
    await npm('install', '--prefer-offline', '--ignore-scripts', '--save-dev', ...peers);
    await cp(PROJECT, project, { recursive: true });
  });

  test.each(ADAPTORS)('%s loads by import', async (name) => {
    expect(await namesBy('import', name)).not.toBe('');
  });

  test('foulweather/fast-check loads by require', async () => {
    expect(await namesBy('require', 'foulweather/fast-check')).toBe(
      await namesBy('import', 'foulweather/fast-check'),
    );
  });

  test('a TypeScript test simulates a flaky peer for a dispatcher that is not ours', async () => {
    const report = join(project, 'report.json');
    await node('node_modules/vitest/vitest.mjs', 'run', '--reporter=json', `--outputFile=${report}`);
    const { numPassedTests, numTotalTests } = JSON.parse(await readFile(report, 'utf8'));
    expect([numPassedTests, numTotalTests]).toEqual([2, 2]);
  });

  test.each([
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])('its types stand the strictest compiler, with modules of %s found by %s', async (module, resolution) => {
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
    const strict = ['--strict', '--exactOptionalPropertyTypes'];
    const modules = ['--module', module, '--moduleResolution', resolution];
    const options = ['--noEmit', ...strict, ...modules, '--target', 'es2023', '--types', 'node'];
    expect(await node(compiler, ...options, 'line-reader.test.ts')).toBe('');
  });

  test('its types are those that TypeScript 5.4 knows', async () => {
    // Typed arrays have taken a parameter since 5.7; the compiler writes it wherever it has inferred a type.
    const dist = join(project, 'node_modules/foulweather/dist');
    const names = (await readdir(dist, { recursive: true })).filter((name) => name.endsWith('.d.ts'));
    expect(names.length).toBeGreaterThan(100);
    for (const name of names)
      expect(await readFile(join(dist, name), 'utf8'), name).not.toMatch(/(Array|Buffer)<ArrayBuffer/);
  });
});
