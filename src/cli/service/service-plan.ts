import type { Address, InternetAddress, Reactor } from '../../core/index.ts';
import type { ServiceOptions, ServiceServer } from '../../services/index.ts';
import { address, port, ValueProblem } from '../arguments/values.ts';
import { connectionsWithinLimit } from './descriptor-limit.ts';
import type { ServiceValues } from './service-options.ts';

/** A service as the command line asks for it. Each process that serves carries it out once. */
export interface ServicePlan {
  readonly name: string;
  readonly values: ServiceValues;
  /** Descriptors that one connection needs. */
  readonly descriptorsEach: number;
  /** Where the servers listen. */
  readonly locals: readonly Address[];
  /** Makes the servers, all with the same options. */
  readonly build: (reactor: Reactor, options: ServiceOptions) => readonly ServiceServer[];
}

/** The limits of the whole service. */
export function limitsOf(plan: ServicePlan): {
  readonly maxConnections?: number;
  readonly maxHeld: number;
  readonly maxPerAddress?: number;
} {
  const { maxConnections, maxHeld, maxPerAddress, workers } = plan.values;
  const allowed = connectionsWithinLimit(plan.descriptorsEach);
  const byDefault = allowed === null ? undefined : allowed * workers;
  return { maxConnections: maxConnections ?? byDefault, maxHeld, maxPerAddress };
}

/** Adds what is wrong with options that each are right. */
export function checkTogether(
  call: { readonly values: ServiceValues; readonly given: ReadonlySet<string>; readonly problems: string[] },
  descriptorsEach: number,
): void {
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

/** What --admin may be: Prometheus does not ask over a path. */
const ADMIN_FORMS = 'PORT, HOST:PORT or [IPV6]:PORT';

export function parseAdmin(text: string, problems: string[]): InternetAddress | null {
  try {
    const parsed = address('127.0.0.1', port, ADMIN_FORMS)(text);
    if ('host' in parsed) return parsed;
    problems.push(`--admin must be ${ADMIN_FORMS}, got "${text}"`);
  } catch (error) {
    if (!(error instanceof ValueProblem)) throw error;
    problems.push(`--admin ${error.message}`);
  }
  return null;
}
