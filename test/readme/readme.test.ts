// What the README shows is what the repository has: its code stands in examples/, its commands exist.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/command-list.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const README = read('README.md');

interface Block {
  readonly language: string;
  readonly text: string;
  /** The last file of examples/ that is linked before it. */
  readonly example: string | undefined;
}

function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```/gm)].map((match) => ({
    language: match[1],
    text: match[2],
    example: [...markdown.slice(0, match.index).matchAll(/\]\((examples\/[^)]+)\)/g)].at(-1)?.[1],
  }));
}

function shellLines(): string[] {
  return blocksOf(README)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.split('\n'))
    .map((line) => line.replace(/\s+#.*$/, ''));
}

const program = new Command('foulweather').version('');
for (const register of COMMANDS) register(program);

test('each block of code is the file of examples/ that is linked above it', () => {
  const blocks = blocksOf(README).filter(({ language }) => language !== 'sh' && language !== 'text');
  for (const { example, text } of blocks) expect(text, example).toBe(read(example!));
});

test('each npm script that the README and CONTRIBUTING name exists', () => {
  const { scripts } = JSON.parse(read('package.json'));
  const named = [...`${README}${read('CONTRIBUTING.md')}`.matchAll(/\bnpm (?:run ([\w:-]+)|(test))/g)];
  expect(named.length).toBeGreaterThan(0);
  for (const [, script, test] of named) expect(Object.keys(scripts)).toContain(script ?? test);
});

test('each foulweather command line of the README has a command and options that exist', () => {
  const lines = shellLines().flatMap((line) => /\bfoulweather (.+)/.exec(line)?.[1] ?? []);
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    const [name, ...words] = line.split(/\s+/);
    if (name === '--help' || name === '--version') continue;
    const command = program.commands.find((candidate) => candidate.name() === name);
    expect(command, `foulweather ${name}`).toBeDefined();
    const known = command!.options.flatMap(({ short, long }) => [short, long]);
    for (const word of words) if (/^-/.test(word)) expect(known).toContain(word);
  }
});

test('each example has a place in their index', () => {
  const index = read('examples/README.md');
  const folders = readdirSync(join(ROOT, 'examples'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  for (const { name } of folders) expect(index).toContain(`](${name}/`);
});
