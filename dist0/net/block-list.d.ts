import { BlockList } from 'node:net';
import { type SystemError } from './node-errors.ts';
/** The option as given; undefined where Node does not know it. Throws on what is no list. */
export declare function blockListOf(blockList: unknown): BlockList | undefined;
/** Whether `address` is on the list. */
export declare function isBlocked(
  blockList: BlockList | undefined,
  {
    address,
    family,
  }: {
    readonly address?: string;
    readonly family?: string | number;
  },
): boolean;
/** What a connect to a blocked address fails with. */
export declare function blockedError(address: string): SystemError;
