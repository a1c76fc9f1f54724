// What a program asks the machine about itself: its name, by which its own servers are found, and the addresses it can listen on.
import os, {} from 'node:os';
/** Has node:os speak of the host whose code is running. */
export function patchMachine(patches, host) {
  patches.set(
    os,
    'hostname',
    printable(() => host().name),
  );
  patches.set(os, 'networkInterfaces', () => networkInterfaces(host()));
}
/** `lo` and `eth0`, as Linux names them. Hosts of one network reach each other without a router: all share one prefix. */
function networkInterfaces(host) {
  const mac = `02:00:${host.number
    .toString(16)
    .padStart(8, '0')
    .replace(/..(?!$)/g, '$&:')}`;
  return {
    lo: [describe('127.0.0.1', 8, NO_MAC), describe('::1', 128, NO_MAC)],
    eth0: host.addresses.map((address) => describe(address, address.includes(':') ? 64 : 8, mac)),
  };
}
const NO_MAC = '00:00:00:00:00:00';
const NETMASKS = {
  8: '255.0.0.0',
  64: 'ffff:ffff:ffff:ffff::',
  128: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
};
function describe(address, prefix, mac) {
  const shared = {
    address,
    netmask: NETMASKS[prefix],
    mac,
    internal: mac === NO_MAC,
    cidr: `${address}/${prefix}`,
  };
  return prefix === 8 ? { ...shared, family: 'IPv4' } : { ...shared, family: 'IPv6', scopeid: 0 };
}
/** Node's functions of node:os can be written into a string without being called. */
function printable(answer) {
  return Object.assign(answer, { [Symbol.toPrimitive]: answer });
}
