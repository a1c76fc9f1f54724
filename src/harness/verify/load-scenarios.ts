import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createJiti } from 'jiti';
import { ArgumentError } from '../../core/index.ts';
import { checkScenario, type Scenario } from '../../sim/index.ts';
import { type ShippedScenario, shipped } from '../scenarios/index.ts';

/** A module's `foulweather` is this one, wherever the module lies: two copies would not know each other's symbols. */
const OWN_FOLDER = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** The scenarios of these modules, TypeScript or JavaScript, or the shipped ones if none is given. */
export async function loadScenarios(modules: readonly string[]): Promise<readonly ShippedScenario[]> {
  if (modules.length === 0) return shipped;
  const found: ShippedScenario[] = [];
  for (const path of modules)
    found.push(...(await loadModule(path)).map((scenario) => ({ scenario, options: {} })));
  const names = found.map(({ scenario }) => scenario.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new ArgumentError(
      'ERR_INVALID_ARG_VALUE',
      `two scenarios are named ${twice}; a name stands in replay strings and must be unique`,
    );
  }
  return found;
}

async function loadModule(path: string): Promise<Scenario[]> {
  const file = resolve(path);
  let exported: unknown;
  try {
    // Node 20 loads no TypeScript by itself; jiti does, in worker threads too.
    const jiti = createJiti(pathToFileURL(file).href, {
      interopDefault: false,
      alias: { foulweather: OWN_FOLDER },
      nativeModules: ['foulweather'],
    });
    exported = await jiti.import(file);
  } catch (error) {
    throw new ArgumentError(
      'ERR_INVALID_ARG_VALUE',
      `${path} cannot be loaded: ${error instanceof Error ? error.message.split('\n', 1)[0] : String(error)}`,
    );
  }
  const values = Object.values(exported as Record<string, unknown>).flatMap((value) =>
    Array.isArray(value) ? value : [value],
  );
  const scenarios = [...new Set(values.filter(looksLikeScenario))];
  for (const scenario of scenarios) checkScenario(scenario);
  if (scenarios.length === 0) {
    throw new ArgumentError(
      'ERR_INVALID_ARG_VALUE',
      `${path} exports no scenario: an object with a name and a setup(sim) function`,
    );
  }
  return scenarios;
}

function looksLikeScenario(value: unknown): value is Scenario {
  return typeof value === 'object' && value !== null && 'setup' in value && 'name' in value;
}
