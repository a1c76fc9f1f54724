import { checkText } from '../../core/arguments.js';
import { ArgumentError } from '../../core/errors.js';
import { SimulationError } from '../errors.js';
import { defaultAddress } from './addresses.js';
import { canonicalAddress, checkNumericAddress } from './ip.js';
/** The addresses of a host that is being made as the `number`-th, counted from 1. Throws on what no host can have. */
export function hostAddresses(name, options, number) {
  checkText('name', name);
  if (options.address === undefined && options.addresses === undefined) return [defaultAddress(number)];
  if (options.address !== undefined && options.addresses !== undefined)
    throw new ArgumentError(
      'ERR_INVALID_ARG_VALUE',
      `host ${name} is given both address and addresses; give one of them`,
    );
  const asked = options.addresses ?? [options.address];
  if (!Array.isArray(asked) || asked.length === 0)
    throw new ArgumentError('ERR_INVALID_ARG_VALUE', `addresses of host ${name} must have one at least`);
  const checked = asked.map((address) => checkNumericAddress('address', address));
  for (const address of checked) {
    if (isOwnedByAll(address))
      throw new SimulationError(
        'ERR_TOPOLOGY',
        `host ${name} cannot have the address ${address}: every host has it, or none; choose another`,
      );
  }
  if (new Set(checked).size < checked.length)
    throw new SimulationError('ERR_TOPOLOGY', `host ${name} is given the same address twice`);
  return checked;
}
/** A host that is asked for again, with addresses, must have them. */
export function checkSameAddresses(host, options) {
  const asked = options.addresses ?? (options.address === undefined ? undefined : [options.address]);
  if (asked === undefined) return;
  const had = options.addresses === undefined ? host.address : host.addresses.join();
  const wanted = asked.map(canonicalAddress).join();
  if (had === wanted) return;
  throw new SimulationError(
    'ERR_TOPOLOGY',
    `host ${host.name} has the address ${host.addresses.join(', ')}; it cannot become ${wanted}`,
  );
}
/** Loopback and unspecified addresses (RFC 1122 section 3.2.1.3, RFC 4291 sections 2.5.2 and 2.5.3). */
function isOwnedByAll(address) {
  return address.startsWith('127.') || address === '0.0.0.0' || address === '::' || address === '::1';
}
