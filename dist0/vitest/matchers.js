// What reads better as a matcher than as code. Importing foulweather/vitest adds them to vitest's expect.
import { expect } from 'vitest';
import { ArgumentError } from '../core/index.js';
import { formatEverySchedule } from '../harness/program/index.js';
import { FAMILIES, formatFailure, formatReport } from '../sim/index.js';
/** Adds the matchers to vitest's expect. Done by importing foulweather/vitest. */
export function addMatchers() {
  expect.extend({
    toHold: (report) => judge(report, true),
    toHoldEverywhere: (report) => judge(report, reportOf('toHoldEverywhere', report).isComplete),
    toHaveFired: (subject, ...families) => haveFired(subject, families),
    toBePrefixOf: (received, sent) => bePrefix(received, sent),
  });
}
function reportOf(matcher, value) {
  if (typeof value === 'object' && value !== null && 'bound' in value && 'isComplete' in value) return value;
  throw new ArgumentError(
    'ERR_INVALID_ARG_VALUE',
    `${matcher} is asked of what explore() or everySchedule() gives (await the latter), got ${typeof value}`,
  );
}
function judge(given, isCovered) {
  const report = reportOf('toHold', given);
  const failure = 'failure' in report ? report.failure : null;
  const pass = failure === null && isCovered;
  return {
    pass,
    message: () => {
      if (failure !== null) return formatFailure(report, failure);
      const text = 'scenario' in report ? formatReport(report) : formatEverySchedule(report);
      if (pass) return `a schedule was expected to fail, and none did\n${text}`;
      return `no schedule failed, but not all were run; raise schedules or the budget, or lower the bound\n${text}`;
    },
  };
}
function haveFired(subject, families) {
  if (families.length === 0)
    throw new ArgumentError('ERR_INVALID_ARG_VALUE', 'toHaveFired needs the names of fault families');
  const unknown = families.find((family) => !FAMILIES.includes(family));
  if (unknown !== undefined)
    throw new ArgumentError(
      'ERR_INVALID_ARG_VALUE',
      `"${unknown}" is no fault family; there are ${FAMILIES.join(', ')}`,
    );
  const { faults } = subject;
  const missing = families.filter((family) => faults[family] === 0);
  const fired = families.filter((family) => faults[family] > 0);
  return {
    pass: missing.length === 0,
    message: () =>
      missing.length > 0
        ? `${missing.join(', ')} never happened: the test has shown nothing about it. Run more schedules, or a weather that has it`
        : `these faults were not expected, and happened: ${fired.map((family) => `${family} ${faults[family]}`).join(', ')}`,
  };
}
function bePrefix(received, sent) {
  const length = Math.min(received.length, sent.length);
  let same = 0;
  while (same < length && Object.is(received[same], sent[same])) same += 1;
  const pass = same === received.length;
  return {
    pass,
    message: () =>
      pass
        ? `a beginning of what was sent was not expected, and the first ${received.length} of ${sent.length} (${unitOf(sent)}s) came`
        : `what came differs from what was sent at ${unitOf(sent)} ${same}: ${excerpt(received, same)} instead of ${excerpt(sent, same)}`,
  };
}
function unitOf(stream) {
  if (typeof stream === 'string') return 'character';
  return stream instanceof Uint8Array ? 'byte' : 'element';
}
/** A few units from `at` on. */
function excerpt(stream, at) {
  if (at >= stream.length) return 'nothing';
  const part = stream.slice(at, at + 24);
  if (part instanceof Uint8Array) return JSON.stringify(Buffer.from(part).toString('latin1'));
  return JSON.stringify(part);
}
