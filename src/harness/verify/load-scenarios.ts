// Scenario modules, TypeScript or JavaScript, ESM or CommonJS. Node 20 loads no TypeScript by itself; jiti does, in worker
// threads too.
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createJiti } from 'jiti';
import { show } from '../../core/arguments.ts';
import { ArgumentError } from '../../core/index.ts';
import { stackOf, tellThrown } from '../../core/thrown.ts';
import { checkScenario, type Scenario } from '../../sim/index.ts';
import { placeThrown } from '../../sim/report/place.ts';
import { type ShippedScenario, shipped } from '../scenarios/index.ts';

/** A module's `foulweather` is this one, wherever the module lies: two copies would not know each other's symbols. */
const OWN_FOLDER = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** What a CommonJS module may require of it, too: by its folder alone, jiti would make a second copy for these. */
const REQUIRED = ['', '/core', '/sim', '/real', '/services', '/net', '/harness'];

const WHAT = 'an object with a name and a setup(sim) function';

export interface LoadedScenario extends ShippedScenario {
  /** Where it was found; undefined if it is a shipped one. */
  readonly module?: string;
}

/** The scenarios of these modules, or the shipped ones if none is given. Throws ArgumentError for what is not right with them. */
export async function loadScenarios(modules: readonly string[]): Promise<readonly LoadedScenario[]> {
  if (modules.length === 0) return shipped;
  const found = new Map<string, { readonly module: string; readonly scenario: Scenario }>();
  for (const module of modules) {
    for (const scenario of scenariosIn(module, await load(module))) {
      const { name } = scenario;
      const first = found.get(name);
      if (first !== undefined) {
        const where = first.module === module ? `${module} twice` : `${first.module} and in ${module}`;
        throw unusable(
          `two scenarios are named ${name}, in ${where}; a name stands in replay strings and must be unique`,
        );
      }
      found.set(name, { module, scenario });
    }
  }
  return [...found.values()].map(({ scenario, module }) => ({ scenario, options: {}, module }));
}

async function load(module: string): Promise<unknown> {
  const file = module.startsWith('file:') ? fileURLToPath(module) : resolve(module);
  const status = statSync(file, { throwIfNoEntry: false });
  if (status?.isDirectory() === true)
    throw unusable(`${module} is a folder; name the modules in it, as in ${module.replace(/\/$/, '')}/*.ts`);
  if (status === undefined) {
    const why = module.includes('*')
      ? 'no file matches it, or this shell matches none'
      : 'there is no such file';
    throw unusable(`${module} cannot be loaded: ${why}`);
  }
  try {
    return await importModule(file, false).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
      // Not at once: a project that maps foulweather to sources of its own would get a second copy.
      return importModule(file, true);
    });
  } catch (error) {
    throw unusable(`${module} cannot be loaded: ${reasonOf(error, file)}`);
  }
}

/** With `tsconfigPaths`, what is imported may be found by the `paths` of the nearest tsconfig.json. */
async function importModule(file: string, tsconfigPaths: boolean): Promise<unknown> {
  const own = REQUIRED.map(async (part) => {
    const { href } = pathToFileURL(`${OWN_FOLDER}${part}/index.js`);
    return [`foulweather${part}`, (await import(href)) as unknown] as const;
  });
  const jiti = createJiti(pathToFileURL(file).href, {
    interopDefault: false,
    tsconfigPaths,
    alias: { foulweather: OWN_FOLDER },
    nativeModules: ['foulweather'],
    virtualModules: Object.fromEntries(await Promise.all(own)),
  });
  return jiti.import(file);
}

function isMissing(error: unknown): boolean {
  const { code } = Object(error) as { readonly code?: unknown };
  return code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND';
}

/** What a module exports: scenarios by name, as default, in arrays, or by `module.exports = …`. */
function scenariosIn(module: string, exported: unknown): readonly Scenario[] {
  const values = new Map<unknown, string>();
  if (looksLikeScenario(exported) && 'name' in exported) values.set(exported, 'module.exports');
  else {
    const named = Array.isArray(exported) ? { 'module.exports': exported } : Object(exported);
    for (const [name, value] of Object.entries(named))
      for (const one of Array.isArray(value) ? value : [value]) if (!values.has(one)) values.set(one, name);
  }
  const scenarios: Scenario[] = [];
  for (const [value, name] of values) {
    if (!looksLikeScenario(value)) continue;
    try {
      checkScenario(value);
    } catch (error) {
      throw unusable(`${module}: its export ${name} cannot be used: ${(error as Error).message}`);
    }
    scenarios.push(value);
  }
  if (scenarios.length === 0)
    throw unusable(`${module} exports no scenario, ${WHAT}; ${describeExports(values)}`);
  return scenarios;
}

function describeExports(values: ReadonlyMap<unknown, string>): string {
  const told = [...values].map(([value, name]) => `${name} (${show(value)})`);
  if (told.length === 0) return 'it exports nothing';
  const maker = [...values].find(([value]) => typeof value === 'function');
  const advice = maker === undefined ? '' : `; if ${maker[1]} makes scenarios, export what it gives`;
  return `it exports ${told.slice(0, 5).join(', ')}${told.length > 5 ? ', …' : ''}${advice}`;
}

function looksLikeScenario(value: unknown): value is Scenario {
  if (typeof value !== 'object' || value === null || !('setup' in value)) return false;
  return 'name' in value || typeof value.setup === 'function';
}

/** The first lines of an error, with the place in the module where there is one. */
function reasonOf(error: unknown, file: string): string {
  if (!(error instanceof Error)) return `it threw ${tellThrown(error)}`;
  const [first, second = ''] = error.message.split('\n').map((line) => line.trim());
  // A parser puts the place on the second line.
  if (second.startsWith(file)) return `${first}, at ${second}`;
  const own = stackOf(error)
    .split('\n')
    .find((line) => line.includes(file) && /:\d+:\d+\)?$/.test(line));
  const place = own === undefined ? placeThrown(error) : own.slice(own.indexOf(file)).replace(/\)$/, '');
  return place === '' ? first : `${first}, at ${place}`;
}

function unusable(message: string): ArgumentError {
  return new ArgumentError('ERR_INVALID_ARG_VALUE', message);
}
