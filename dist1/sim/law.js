import { checkFunction, checkList, checkOptions, checkText, show } from '../core/arguments.js';
import { ArgumentError } from '../core/errors.js';

const NO_OPTIONS = {};
/** A law as it was told. Throws ArgumentError. */
export function lawOf(law, check, options = NO_OPTIONS) {
  checkText('law', law);
  checkFunction('check', check);
  const { reads, isPerConnection } = readsOf(options);
  return { law, check, reads, isPerConnection };
}
/** @internal What a law or a mark looks at. Throws ArgumentError. */
export function readsOf(options) {
  checkOptions('options', options);
  const { reads = null, isPerConnection = false } = options;
  if (reads !== null) checkHosts('reads', reads);
  return { reads, isPerConnection };
}
/** @internal Throws ArgumentError unless `hosts` is a list of hosts. */
export function checkHosts(name, hosts) {
  checkList(name, hosts);
  for (const host of hosts)
    if (typeof host?.name !== 'string' || typeof host.network !== 'object')
      throw new ArgumentError(
        'ERR_INVALID_ARG_TYPE',
        `${name} must hold hosts, as sim.host gives them, got ${show(host)}`,
      );
}
