// Questions to a peer that says nothing: keep-alive (tcp(7), RFC 1122 section 4.2.3.6), and the persist timer's of a sender
// that waits for its peer to read (RFC 1122 section 4.2.2.17). A peer that answers changes nothing by answering, so
// questions are asked only while somebody would not answer: a run must be able to end.
import { checkDuration, checkInteger, checkOptions } from '../../core/arguments.js';
import { retransmissionMs, retriesMax } from './retransmission.js';
/** What one endpoint asks its peer. */
export class Probing {
  constructor(endpoint, network) {
    this.keeper = null;
    this.persister = null;
    this.endpoint = endpoint;
    this.network = network;
  }
  /** Null: ask no more. Throws ArgumentError. */
  keepAlive(options) {
    const patience = options === null ? null : keepAlivePatience(options);
    this.keeper?.stop();
    this.keeper = patience === null ? null : new Prober(this.endpoint, this.network, patience);
  }
  /** The peer may have become silent, or may speak again; the endpoint may have opened, or may have got room. */
  update() {
    const { endpoint, network } = this;
    this.keeper?.update();
    if (!endpoint.awaitsWindow) {
      this.persister?.stop();
      this.persister = null;
    } else if (this.persister !== null) this.persister.update();
    else if (isPeerSilent(endpoint)) {
      const roundTripMs = endpoint.out.link.latencyMs + endpoint.in.link.latencyMs;
      this.persister = new Prober(endpoint, network, persistPatience(roundTripMs));
    }
  }
  stop() {
    this.keeper?.stop();
    this.persister?.stop();
  }
  /** @internal Its state as text, for merging equal states. */
  stateText() {
    return `k${this.keeper?.stateText() ?? ''}p${this.persister?.stateText() ?? ''}`;
  }
}
/** Asks one peer, with one patience. */
class Prober {
  constructor(endpoint, network, patience) {
    this.asked = 0;
    this.timer = null;
    this.dueAtMs = 0;
    /** When the answer to the last question came, after silence. */
    this.answeredAtMs = 0;
    this.endpoint = endpoint;
    this.network = network;
    this.patience = patience;
    this.update();
  }
  /** Whether the peer answers may have changed. */
  update() {
    if (isPeerSilent(this.endpoint)) {
      if (this.timer === null) this.waitUntil(this.firstUnansweredMs());
    } else if (this.asked === 0 || !this.endpoint.isLive) {
      this.timer?.cancel();
      this.timer = null;
    }
  }
  stop() {
    this.timer?.cancel();
    this.timer = null;
  }
  /** @internal Its state as text, for merging equal states. */
  stateText() {
    const { idleMs, count } = this.patience;
    const dueMs = this.timer === null ? '' : this.dueAtMs - this.network.schedule.nowMs;
    const heardMs = this.network.schedule.nowMs - this.heardAtMs();
    return `${idleMs},${this.patience.intervalMs(1)},${count}:${this.asked}@${dueMs}-${heardMs}`;
  }
  /** When bytes came from the peer, or the acknowledgement of what was sent. */
  heardAtMs() {
    const { in: incoming, out } = this.endpoint;
    const acknowledgedAtMs = out.lastArrivalMs + incoming.link.latencyMs;
    const heardAtMs = Math.max(incoming.lastArrivalMs, acknowledgedAtMs, this.answeredAtMs);
    return Math.min(this.network.schedule.nowMs, heardAtMs);
  }
  /** The first question that is not answered: those that were due before the peer became silent were. */
  firstUnansweredMs() {
    const { idleMs } = this.patience;
    const heardAtMs = this.heardAtMs();
    const answered = idleMs === 0 ? 0 : Math.floor((this.network.schedule.nowMs - heardAtMs) / idleMs);
    return heardAtMs + (answered + 1) * idleMs;
  }
  waitUntil(atMs) {
    const { schedule } = this.network;
    this.dueAtMs = Math.max(atMs, schedule.nowMs);
    this.timer = this.network.setTimer(this.dueAtMs - schedule.nowMs, () => this.ask());
  }
  ask() {
    const { endpoint, patience } = this;
    this.timer = null;
    if (!isPeerSilent(endpoint)) {
      this.asked = 0;
      this.answeredAtMs =
        this.network.schedule.nowMs + endpoint.out.link.latencyMs + endpoint.in.link.latencyMs;
      return;
    }
    // What is in flight is sent again, and given up, by itself (Linux: tcp_keepalive_timer does nothing then).
    if (endpoint.out.isUnanswered) {
      this.waitUntil(this.network.schedule.nowMs + patience.intervalMs(1));
      return;
    }
    this.asked += 1;
    if (this.asked > patience.count) {
      this.stop();
      endpoint.onReset(endpoint.out.link.rejection ?? 'ETIMEDOUT');
      return;
    }
    this.waitUntil(this.network.schedule.nowMs + patience.intervalMs(this.asked));
    endpoint.out.send('probe');
  }
}
/** Linux's figures are the defaults: tcp_keepalive_time, tcp_keepalive_intvl, tcp_keepalive_probes in tcp(7). */
function keepAlivePatience(options) {
  checkOptions('options', options);
  const idleMs = checkDuration('idleMs', options.idleMs ?? 7_200_000);
  const intervalMs = checkDuration('intervalMs', options.intervalMs ?? 75_000);
  const count = checkInteger('count', options.count ?? 9, 1, 127);
  return { idleMs, intervalMs: () => intervalMs, count };
}
/** As data that is sent again (tcp_retries2 in tcp(7)). */
function persistPatience(roundTripMs) {
  return {
    idleMs: retransmissionMs('data', 1, roundTripMs),
    intervalMs: (asked) => retransmissionMs('data', asked + 1, roundTripMs),
    count: retriesMax('data', false),
  };
}
/** Whether the peer would not answer: it has crashed or forgotten the connection, or nothing gets there, or back. */
function isPeerSilent(endpoint) {
  if (!endpoint.isLive) return false;
  return endpoint.peer.isForgotten || endpoint.out.link.isSilent || endpoint.in.link.isSilent;
}
