import { type Address } from '../../core/index.ts';
/** Removes the socket files among `addresses` behind which nobody listens. Settles with those that it removed. */
export declare function removeStaleSockets(addresses: readonly Address[]): Promise<string[]>;
/** What a listening path's error does not say by itself, or null. */
export declare function explainPath(path: string, code: string): string | null;
