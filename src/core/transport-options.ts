// Checks of a transport's options, the same for every backend.
import { checkBoolean, checkInteger, checkOptions, checkPort, checkText, show } from './arguments.ts';
import { ArgumentError } from './errors.ts';
import type { ConnectOptions, ListenOptions } from './transport.ts';

/** Throws ArgumentError. */
export function checkConnectOptions(options: ConnectOptions): void {
  checkOptions('options', options);
  const { local, family } = options;
  if (family !== undefined) checkFamily(family);
  if (local === undefined) return;
  checkOptions('local', local);
  if (local.host !== undefined) checkText('local', local.host, '.host');
  if (local.port !== undefined) checkPort('local', local.port, '.port');
}

/** Throws ArgumentError. */
export function checkListenOptions(options: ListenOptions): void {
  checkOptions('options', options);
  const { backlog, ipv6Only } = options;
  if (backlog !== undefined) checkInteger('backlog', backlog, 1, 65535);
  if (ipv6Only !== undefined) checkBoolean('ipv6Only', ipv6Only);
}

/** What a name may resolve to. Throws ArgumentError. */
export function checkFamily(family: unknown): void {
  if (family !== 0 && family !== 4 && family !== 6)
    throw new ArgumentError('ERR_INVALID_ARG_VALUE', `family must be 0, 4 or 6, got ${show(family)}`);
}
