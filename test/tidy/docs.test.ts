// What the docs point at exists, and what the package depends on is argued for.
import { existsSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect, test } from 'vitest';
import { type Complaint, listFiles, placeOf, ROOT, readText } from './support/source.ts';

const LINK = /\]\(([^)\s]+)(?:\s"[^"]*")?\)/g;

function pages(): string[] {
  return [...listFiles(['docs', 'examples'], '.md'), 'README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];
}

/** As GitHub makes an anchor of a heading. */
function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

function anchorsOf(markdown: string): string[] {
  return [...withoutCode(markdown).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading));
}

function withoutCode(markdown: string): string {
  return markdown.replace(/^```[\s\S]*?^```/gm, (block) => block.replace(/[^\n]/g, ' '));
}

function complainOfLinks(path: string, text: string): Complaint[] {
  return [...withoutCode(text).matchAll(LINK)].flatMap((match) => {
    const [target, anchor] = match[1].split('#');
    if (/^[a-z]+:/.test(target)) return [];
    const file = target === '' ? path : posix.join(posix.dirname(path), target);
    const place = placeOf({ path, text }, match.index);
    if (file !== path && !existsSync(join(ROOT, file)))
      return [`${place}: ${match[1]} leads nowhere, there is no ${file}`];
    if (anchor === undefined || (file !== path && statSync(join(ROOT, file)).isDirectory())) return [];
    if (anchorsOf(file === path ? text : readText(file)).includes(anchor)) return [];
    return [`${place}: ${match[1]} leads nowhere, ${file} has no heading that makes #${anchor}`];
  });
}

function complainOfDependencies(dependencies: readonly string[], decisions: readonly string[]): Complaint[] {
  return dependencies
    .filter((name) => !decisions.some((text) => text.split('\n', 1)[0].includes(`\`${name}\``)))
    .map(
      (name) => `package.json: no page of docs/decisions has \`${name}\` in its title, write why this one`,
    );
}

test('every link of the docs leads somewhere', () => {
  expect(pages().flatMap((path) => complainOfLinks(path, readText(path)))).toEqual([]);
});

test('every run-time dependency has a page in docs/decisions', () => {
  const { dependencies } = JSON.parse(readText('package.json'));
  const decisions = listFiles(['docs/decisions'], '.md').map(readText);
  expect(complainOfDependencies(Object.keys(dependencies), decisions)).toEqual([]);
});

test('every page of the docs can be found from their index', () => {
  const index = listFiles(['docs'], 'README.md').map(readText).join('\n');
  const lost = listFiles(['docs'], '.md').filter(
    (path) => !index.includes(`(${posix.basename(path)})`) && !index.includes(`/${posix.basename(path)})`),
  );
  expect(lost.filter((path) => path !== 'docs/README.md')).toEqual([]);
});

test('a link to a missing file or heading is named', () => {
  expect(complainOfLinks('docs/a.md', '# A\n[b](missing.md)\n[c](#nowhere) [d](#a)')).toEqual([
    'docs/a.md:2: missing.md leads nowhere, there is no docs/missing.md',
    'docs/a.md:3: #nowhere leads nowhere, docs/a.md has no heading that makes #nowhere',
  ]);
});

test('a dependency without a page is named', () => {
  expect(complainOfDependencies(['left-pad'], ['# `memfs` for files\n'])).toEqual([
    'package.json: no page of docs/decisions has `left-pad` in its title, write why this one',
  ]);
});
