// The `blockList` options of connect and Server, where Node has them: since 22.13 and 23.4. Earlier ones ignore them.
import net, { BlockList } from 'node:net';
import { invalidArgType, nodeError } from './node-errors.js';

const IS_KNOWN = 'blockList' in new net.Server({ blockList: new BlockList() });
/** The option as given; undefined where Node does not know it. Throws on what is no list. */
export function blockListOf(blockList) {
  if (!IS_KNOWN || blockList === undefined || blockList === null) return undefined;
  if (!(blockList instanceof BlockList))
    throw invalidArgType('options.blockList', 'an instance of net.BlockList', blockList);
  return blockList;
}
/** Whether `address` is on the list. */
export function isBlocked(blockList, { address, family }) {
  if (blockList === undefined || address === undefined) return false;
  return blockList.check(address, family === 6 || family === 'IPv6' ? 'ipv6' : 'ipv4');
}
/** What a connect to a blocked address fails with. */
export function blockedError(address) {
  return nodeError(Error, 'ERR_IP_BLOCKED', `IP(${address}) is blocked by net.BlockList`);
}
