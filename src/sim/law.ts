import { checkFunction, checkList, checkOptions, checkText, show } from '../core/arguments.ts';
import { ArgumentError } from '../core/errors.ts';
import { SimulationError } from './errors.ts';
import type { Host } from './host.ts';

/** Something that must hold, and the hosts it reads; null is all of them. */
export interface Law {
  readonly law: string;
  readonly check: () => unknown;
  readonly reads: readonly Host[] | null;
  /** Whether it is several laws in one, each about one connection and what was made for it. */
  readonly isPerConnection: boolean;
}

export interface LawOptions {
  /**
   * The hosts whose programs it looks at. Default: all. What happens on two of them does not commute for a search. One that also asks
   * how often faults have struck, or whether one has killed, makes a search leave no orders out.
   */
  readonly reads?: readonly Host[];
  /**
   * Whether it is several laws in one, each of which looks at one connection (and those made for it), and asks for faults only
   * to hold if one has struck. Default false.
   */
  readonly isPerConnection?: boolean;
}

/** The laws that errors of the simulation break, by their codes. */
const LAWS_OF_ERRORS: Readonly<Record<string, string>> = {
  ERR_DEADLOCK: 'nobody waits for what cannot come',
  ERR_LIVELOCK: 'every handler call has an effect',
  ERR_STEP_LIMIT: 'every run ends',
  ERR_SETUP: 'a scenario is set up before its run begins',
  ERR_OUTSIDE: 'a scenario uses nothing from outside of its simulation',
};

const NO_OPTIONS: LawOptions = {};

/** A law as it was told. Throws ArgumentError. */
export function lawOf(law: string, check: () => unknown, options: LawOptions = NO_OPTIONS): Law {
  checkText('law', law);
  checkFunction('check', check);
  const { reads, isPerConnection } = readsOf(options);
  return { law, check, reads, isPerConnection };
}

/**
 * @internal Throws ArgumentError if what a check gave is a promise, as it would hold whatever comes of it, or something that only
 * looks like false: 0, NaN or no text, as of `() => list.length`.
 */
export function expectAnswer(law: string, held: unknown): void {
  if (!held && held !== null) {
    throw new ArgumentError(
      'ERR_INVALID_ARG_VALUE',
      `${law}: its check must return true or false, or throw, and gave ${show(held)}; compare it with what it must be`,
    );
  }
  const { then } = Object(held) as { readonly then?: unknown };
  if (typeof then !== 'function') return;
  // Whether it is rejected is of no interest any more.
  Reflect.apply(then, held, [undefined, () => {}]);
  throw new ArgumentError(
    'ERR_INVALID_ARG_VALUE',
    `${law}: its check must return true or false, or throw, and gave a promise, which nothing waits for; a check must not be async`,
  );
}

/** @internal The name of the law that `error` has broken; `asked` is the one that was asked then. */
export function brokenBy(error: unknown, asked: Law | null): string {
  const code = error instanceof SimulationError ? error.code : '';
  if (code === 'ERR_OUTSIDE') return LAWS_OF_ERRORS.ERR_OUTSIDE;
  if (asked !== null) return asked.law;
  return code === '' ? 'no exception goes unhandled' : (LAWS_OF_ERRORS[code] ?? code);
}

/** @internal Whether it says that it looks at some hosts alone. What is one law per connection asks only for faults that excuse it. */
export function isOfSomeHosts(law: Law | null): boolean {
  return law !== null && law.reads !== null && !law.isPerConnection;
}

/** @internal What a law or a mark looks at. Throws ArgumentError. */
export function readsOf(options: LawOptions): Pick<Law, 'reads' | 'isPerConnection'> {
  checkOptions('options', options);
  const { reads = null, isPerConnection = false } = options;
  if (reads !== null) checkHosts('reads', reads);
  return { reads, isPerConnection };
}

/** @internal Throws ArgumentError unless `hosts` is a list of hosts. */
export function checkHosts(name: string, hosts: readonly Host[]): void {
  checkList(name, hosts);
  for (const host of hosts)
    if (typeof host?.name !== 'string' || typeof host.network !== 'object')
      throw new ArgumentError(
        'ERR_INVALID_ARG_TYPE',
        `${name} must hold hosts, as sim.host gives them, got ${show(host)}`,
      );
}
