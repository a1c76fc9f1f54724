import type net from 'node:net';
import { Duplex } from 'node:stream';
import type { FedHandle } from './native-reads.ts';
/** Node's own adaptor for streams without a native handle: a net.Socket whose native handle is fed by any Duplex. */
export type AdaptorSocket = Omit<net.Socket, 'connecting'> &
  Duplex & {
    /** The stream below. */
    readonly stream: Duplex;
    /** Null once closed. */
    readonly _handle: FedHandle | null;
    connecting: boolean;
    doWrite(write: object, chunks: Buffer[]): number;
    finishWrite(handle: object, code: number): void;
  };
interface HasSetTimeout {
  setTimeout(durationMs: number, callback?: () => void): unknown;
}
export declare const adaptorPrototype: AdaptorSocket,
  timedPrototypes: readonly HasSetTimeout[],
  streamPrototype: Duplex;
