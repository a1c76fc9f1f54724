import {
  type Address,
  type Clock,
  type Endpoint,
  type Received,
  TransportError,
  type Watcher,
} from '../../core/index.ts';
import type { Chance } from './chance.ts';
export declare class FlakyEndpoint implements Endpoint, Watcher {
  watcher: Watcher | null;
  private readonly inner;
  private readonly chance;
  private readonly clock;
  private readonly in;
  private readonly out;
  /** Received, and to be handed over later: a copy. */
  private rest;
  private state;
  private hasToldEnd;
  private failure;
  private addresses;
  constructor(inner: Endpoint, chance: Chance, clock: Clock);
  get readiness(): number;
  get localAddress(): Address | null;
  get remoteAddress(): Address | null;
  onReadiness(): void;
  recv(sizeBytes: number): Received;
  send(data: Uint8Array): number;
  takeUrgent(): number | null;
  sendUrgent(byte: number): void;
  setNoDelay(isOn: boolean): void;
  shutdownWrite(): void;
  takeError(): TransportError | null;
  abort(): void;
  close(): void;
  private wholeReadiness;
  private takeRest;
  /** Hands over the beginning of what was received, and keeps a copy of the rest. */
  private shorten;
  /** Decides what befalls the next bytes one way; false if they have to wait, or nothing passes any more. */
  private passes;
  private pause;
  /** The peer gets the end of stream, and so does the program. */
  private cut;
  private breakOff;
  /** The first send to a peer that is gone is accepted, and answered with a reset. */
  private sendToNobody;
  private end;
  private leave;
}
