// Files are called after their main export, in kebab-case, so that one can guess where a thing is.
import { expect, test } from 'vitest';
import { type Complaint, listFiles } from './support/source.ts';

const KEBAB_CASE = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$/;
/** Names that GitHub and npm give, not we. */
const GIVEN = /^(README|CONTRIBUTING|CHANGELOG|SECURITY|LICENSE|Dockerfile)(\.md)?$/;

function complainOfName(path: string): Complaint[] {
  // Python imports no name with a dash.
  if (path.endsWith('.py')) return [];
  const wrong = path.split('/').find((part) => !KEBAB_CASE.test(part) && !GIVEN.test(part));
  if (wrong === undefined) return [];
  const better = wrong
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/_/g, '-')
    .toLowerCase();
  return [`${path}: ${wrong} is not kebab-case, call it ${better}`];
}

test('every file has a name in kebab-case', () => {
  const paths = listFiles(['src', 'test', 'property-tests', 'benchmarks', 'examples', 'scripts', 'docs'], '');
  expect(paths.flatMap(complainOfName)).toEqual([]);
});

test('a name in camel case or with an underscore is named with a better one', () => {
  expect(complainOfName('src/sim/eventQueue.ts')).toEqual([
    'src/sim/eventQueue.ts: eventQueue.ts is not kebab-case, call it event-queue.ts',
  ]);
  expect(complainOfName('docs/fault_plans.md')).toEqual([
    'docs/fault_plans.md: fault_plans.md is not kebab-case, call it fault-plans.md',
  ]);
});
