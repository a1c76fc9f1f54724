import { address, port, ValueProblem } from '../arguments/values.js';
import { connectionsWithinLimit } from './descriptor-limit.js';
/** The limits of the whole service. */
export function limitsOf(plan) {
  const { maxConnections, maxHeld, maxPerAddress, workers } = plan.values;
  const allowed = connectionsWithinLimit(plan.descriptorsEach);
  const byDefault = allowed === null ? undefined : allowed * workers;
  return { maxConnections: maxConnections ?? byDefault, maxHeld, maxPerAddress };
}
/** Adds what is wrong with options that each are right. */
export function checkTogether(call, descriptorsEach) {
  const { values, given, problems } = call;
  const { highWaterMark, lowWaterMark, maxConnections, maxHeld, workers } = values;
  if (lowWaterMark > highWaterMark) {
    problems.push(`--low-water-mark (${lowWaterMark}) must be at most --high-water-mark (${highWaterMark})`);
  }
  const allowed = connectionsWithinLimit(descriptorsEach);
  const wanted = Math.ceil(((maxConnections ?? 1) + maxHeld) / (workers ?? 1));
  if (allowed !== null && wanted > allowed) {
    problems.push(
      `the descriptor limit allows ${allowed} connections for each worker, not ${wanted}; raise it with ulimit -n`,
    );
  }
  if (given.has('seed') && values.weather === undefined && !given.has('weather')) {
    problems.push('--seed is for --weather, which is missing');
  }
  if (values.admin !== undefined) parseAdmin(values.admin, problems);
}
export function parseAdmin(text, problems) {
  try {
    const parsed = address('127.0.0.1', port)(text);
    if ('host' in parsed) return parsed;
    problems.push(`--admin must be PORT or HOST:PORT, got "${text}"`);
  } catch (error) {
    if (!(error instanceof ValueProblem)) throw error;
    problems.push(`--admin ${error.message}`);
  }
  return null;
}
