import type { Connection } from '../tcp/connection.ts';
import type { Latency } from './latency.ts';
import type { Link } from './link.ts';
import type { LossOptions } from './loss-plan.ts';
/** Both directions between two hosts. Every method does on each link what it does on one, but for the counting ones. */
export declare class LinkPair {
  /** From the host named first to the other. */
  readonly out: Link;
  readonly back: Link;
  constructor(out: Link, back: Link);
  /** Delays segments each way, so a round trip takes twice as long. */
  latency(options: Latency): this;
  /** So many bytes a second each way. */
  bandwidth(options: { readonly bytesPerSecond: number }): this;
  /** Delivers in bursts, both ways, at multiples of `everyMs`. 0: at any time. */
  burst(options: { readonly everyMs: number }): this;
  /** Lets nothing pass either way, also not what is in flight. */
  partition(): this;
  /** Lets it be cut by decision, as one of its segments arrives: that way, or both. */
  mayPartition(): this;
  /** Lets connections between the two, made from now on, break while nobody sends. */
  mayBreakIdle(): this;
  /** Lets nothing pass either way, and a router says so to whoever connects. Default EHOSTUNREACH. */
  unreachable(code?: 'EHOSTUNREACH' | 'ENETUNREACH'): this;
  /** Lets everything pass again, both ways. */
  repair(): this;
  /** Keeps what arrives from now on, both ways, until `release`. */
  hold(): this;
  /** Delivers what was held, and holds no more. */
  release(): this;
  /** Loses the next `count` segments each way. */
  loseNext(count: number): this;
  /** Loses some of the segments each way: each so-manieth, or a share by chance. Null: none. */
  lose(options: LossOptions | null): this;
  /** Refuses the next `count` connection attempts of the host named first. */
  refuseNext(count: number): this;
  /** Resets the connection that carries the `bytes`-th byte delivered from now on by the host named first. */
  cutAfter(options: { readonly bytes: number }): this;
  /** Calls `action` right after the host named first has had so many more bytes delivered. */
  afterBytes(bytes: number, action: (connection: Connection) => void): this;
  /** Calls `action` with the `index`-th connection that the host named first makes from now on, counted from 0. */
  onConnection(index: number, action: (connection: Connection) => void): this;
  /** Calls `action` with this pair at a time of the run, in virtual milliseconds. */
  at(atMs: number, action: (pair: this) => void): this;
  private both;
}
