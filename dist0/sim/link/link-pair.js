import { checkFunction } from '../../core/arguments.js';
/** Both directions between two hosts. Every method does on each link what it does on one, but for the counting ones. */
export class LinkPair {
  constructor(out, back) {
    this.out = out;
    this.back = back;
  }
  /** Delays segments each way, so a round trip takes twice as long. */
  latency(options) {
    return this.both((link) => link.latency(options));
  }
  /** So many bytes a second each way. */
  bandwidth(options) {
    return this.both((link) => link.bandwidth(options));
  }
  /** Delivers in bursts, both ways, at multiples of `everyMs`. 0: at any time. */
  burst(options) {
    return this.both((link) => link.burst(options));
  }
  /** Lets nothing pass either way, also not what is in flight. */
  partition() {
    return this.both((link) => link.partition());
  }
  /** Lets it be cut by decision, as one of its segments arrives: that way, or both. */
  mayPartition() {
    return this.both((link) => link.mayPartition());
  }
  /** Lets connections between the two, made from now on, break while nobody sends. */
  mayBreakIdle() {
    return this.both((link) => link.mayBreakIdle());
  }
  /** Lets nothing pass either way, and a router says so to whoever connects. Default EHOSTUNREACH. */
  unreachable(code = 'EHOSTUNREACH') {
    return this.both((link) => link.unreachable(code));
  }
  /** Lets everything pass again, both ways. */
  repair() {
    return this.both((link) => link.repair());
  }
  /** Keeps what arrives from now on, both ways, until `release`. */
  hold() {
    return this.both((link) => link.hold());
  }
  /** Delivers what was held, and holds no more. */
  release() {
    return this.both((link) => link.release());
  }
  /** Loses the next `count` segments each way. */
  loseNext(count) {
    return this.both((link) => link.loseNext(count));
  }
  /** Loses some of the segments each way: each so-manieth, or a share by chance. Null: none. */
  lose(options) {
    return this.both((link) => link.lose(options));
  }
  /** Refuses the next `count` connection attempts of the host named first. */
  refuseNext(count) {
    this.out.refuseNext(count);
    return this;
  }
  /** Resets the connection that carries the `bytes`-th byte delivered from now on by the host named first. */
  cutAfter(options) {
    this.out.cutAfter(options);
    return this;
  }
  /** Calls `action` right after the host named first has had so many more bytes delivered. */
  afterBytes(bytes, action) {
    this.out.afterBytes(bytes, action);
    return this;
  }
  /** Calls `action` with the `index`-th connection that the host named first makes from now on, counted from 0. */
  onConnection(index, action) {
    this.out.onConnection(index, action);
    return this;
  }
  /** Calls `action` with this pair at a time of the run, in virtual milliseconds. */
  at(atMs, action) {
    checkFunction('action', action);
    this.out.at(atMs, () => action(this));
    return this;
  }
  both(change) {
    change(this.out);
    if (this.back !== this.out) change(this.back);
    return this;
  }
}
