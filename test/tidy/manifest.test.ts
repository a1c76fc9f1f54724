// `npm ci` on any machine: the lock file is complete, and names no place that only one machine knows.
import { expect, test } from 'vitest';
import { type Complaint, readText } from './support/source.ts';

interface Locked {
  readonly resolved?: string;
  readonly dependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}

function complainOfLock(packages: Readonly<Record<string, Locked>>): Complaint[] {
  return Object.entries(packages).flatMap(([path, locked]) => {
    const { resolved } = locked;
    const strange = resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/');
    const missing = Object.keys({ ...locked.dependencies, ...locked.optionalDependencies }).filter(
      (name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
    );
    return [
      ...(strange
        ? [`package-lock.json: ${path} comes from ${resolved}, lock it from registry.npmjs.org`]
        : []),
      ...missing.map(
        (name) => `package-lock.json: ${name} is missing, npm ci fails without it; npm install adds it`,
      ),
    ];
  });
}

test('the lock file is complete and knows only the registry', () => {
  expect(complainOfLock(JSON.parse(readText('package-lock.json')).packages)).toEqual([]);
});

test('the lock file agrees with package.json', () => {
  const { dependencies, devDependencies } = JSON.parse(readText('package.json'));
  const root = JSON.parse(readText('package-lock.json')).packages[''];
  expect([root.dependencies, root.devDependencies]).toEqual([dependencies, devDependencies]);
});

test('a missing package of another platform is named', () => {
  const packages = { 'node_modules/a': { optionalDependencies: { 'a-win32': '1.0.0' } } };
  expect(complainOfLock(packages)).toEqual([
    'package-lock.json: a-win32 is missing, npm ci fails without it; npm install adds it',
  ]);
});
