import { checkFunction } from '../../core/arguments.ts';
import type { Connection } from '../tcp/connection.ts';
import type { Latency } from './latency.ts';
import type { Link } from './link.ts';
import type { LossOptions } from './loss-plan.ts';

/** Both directions between two hosts. Every method does on each link what it does on one, but for the counting ones. */
export class LinkPair {
  /** From the host named first to the other. */
  readonly out: Link;
  readonly back: Link;

  constructor(out: Link, back: Link) {
    this.out = out;
    this.back = back;
  }

  /** Delays segments each way, so a round trip takes twice as long. */
  latency(options: Latency): this {
    return this.both((link) => link.latency(options));
  }

  /** So many bytes a second each way. */
  bandwidth(options: { readonly bytesPerSecond: number }): this {
    return this.both((link) => link.bandwidth(options));
  }

  /** Delivers in bursts, both ways, at multiples of `everyMs`. 0: at any time. */
  burst(options: { readonly everyMs: number }): this {
    return this.both((link) => link.burst(options));
  }

  /** Lets nothing pass either way, also not what is in flight. */
  partition(): this {
    return this.both((link) => link.partition());
  }

  /** Lets it be cut by decision, as one of its segments arrives: that way, or both. */
  mayPartition(): this {
    return this.both((link) => link.mayPartition());
  }

  /** Lets connections between the two, made from now on, break while nobody sends. */
  mayBreakIdle(): this {
    return this.both((link) => link.mayBreakIdle());
  }

  /** Lets nothing pass either way, and a router says so to whoever connects. Default EHOSTUNREACH. */
  unreachable(code: 'EHOSTUNREACH' | 'ENETUNREACH' = 'EHOSTUNREACH'): this {
    return this.both((link) => link.unreachable(code));
  }

  /** Lets everything pass again, both ways. */
  repair(): this {
    return this.both((link) => link.repair());
  }

  /** Keeps what arrives from now on, both ways, until `release`. */
  hold(): this {
    return this.both((link) => link.hold());
  }

  /** Delivers what was held, and holds no more. */
  release(): this {
    return this.both((link) => link.release());
  }

  /** Loses the next `count` segments each way. */
  loseNext(count: number): this {
    return this.both((link) => link.loseNext(count));
  }

  /** Loses some of the segments each way: each so-manieth, or a share by chance. Null: none. */
  lose(options: LossOptions | null): this {
    return this.both((link) => link.lose(options));
  }

  /** Refuses the next `count` connection attempts of the host named first. */
  refuseNext(count: number): this {
    this.out.refuseNext(count);
    return this;
  }

  /** Resets the connection that carries the `bytes`-th byte delivered from now on by the host named first. */
  cutAfter(options: { readonly bytes: number }): this {
    this.out.cutAfter(options);
    return this;
  }

  /** Calls `action` right after the host named first has had so many more bytes delivered. */
  afterBytes(bytes: number, action: (connection: Connection) => void): this {
    this.out.afterBytes(bytes, action);
    return this;
  }

  /** Calls `action` with the `index`-th connection that the host named first makes from now on, counted from 0. */
  onConnection(index: number, action: (connection: Connection) => void): this {
    this.out.onConnection(index, action);
    return this;
  }

  /** Calls `action` with this pair at a time of the run, in virtual milliseconds. */
  at(atMs: number, action: (pair: this) => void): this {
    checkFunction('action', action);
    this.out.at(atMs, () => action(this));
    return this;
  }

  private both(change: (link: Link) => void): this {
    change(this.out);
    if (this.back !== this.out) change(this.back);
    return this;
  }
}
