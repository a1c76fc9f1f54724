// Connections that break while nobody sends, where the scenario lets them: a middlebox or a peer gives up one that stands idle
// between two requests. Asked as time is about to move on, as then nothing is left to happen before.
import { IDLE } from '../decisions/label.js';

/** What has been still for so long is idle, in milliseconds: longer than an answer takes on its way. */
const IDLE_MS = 10;
/** How many connections break in one run: a search must come to an end. */
const TIMES_MAX = 2;
export class IdleBreaks {
  constructor(network) {
    /** In the order of their connect calls. */
    this.watched = [];
    /** When each was last heard of as it was asked about: it is asked about once until it is heard of again. */
    this.asked = new WeakMap();
    this.count = 0;
    this.network = network;
    // What befalls a connection then is not told by footprints.
    network.notePlan();
  }
  watch(connection) {
    if (connection.client.hostName !== connection.server.hostName) this.watched.push(connection);
  }
  /**
   * Before an event is taken: if time moves to it, a connection that has been idle until then may break now. Whether one did: then
   * programs hear of it before time moves.
   */
  strike() {
    const { network, watched } = this;
    const { nowMs, nextAtMs } = network.schedule;
    if (watched.length === 0 || nextAtMs <= nowMs || nextAtMs === Number.POSITIVE_INFINITY) return false;
    if ((network.mask & (1 << IDLE.index)) === 0) return false;
    if (watched.some(({ isOver }) => isOver)) this.watched = watched.filter(({ isOver }) => !isOver);
    for (const connection of this.watched) {
      const heardAtMs = heardAt(connection);
      if (!isStill(connection) || nextAtMs - heardAtMs < IDLE_MS) continue;
      if (this.asked.get(connection) === heardAtMs || this.count >= TIMES_MAX) continue;
      this.asked.set(connection, heardAtMs);
      if (this.breaks(connection)) return true;
    }
    return false;
  }
  /** @internal Its state as text, for merging equal states. */
  stateText() {
    const { nowMs } = this.network.schedule;
    const texts = this.watched.map((connection) => {
      const heardAtMs = heardAt(connection);
      const isAsked = this.asked.get(connection) === heardAtMs;
      return `${connection.name}${isAsked ? 'a' : Math.min(IDLE_MS, nowMs - heardAtMs)}`;
    });
    return `i${this.count}${texts.sort().join()}`;
  }
  breaks(connection) {
    const { network } = this;
    const choice = network.decisions.decide(IDLE, 3, null, connection.client.out);
    if (choice === 0) return false;
    this.count += 1;
    network.effects += 1;
    const what = choice === 1 ? 'is reset' : 'is closed for both ends';
    if (network.countFault(IDLE))
      network.tellFault(connection.client.out, `the connection ${what} while it is idle`);
    if (choice === 1) connection.breakBoth();
    else connection.cut();
    return true;
  }
}
/** When the last segment arrived, of either direction. */
function heardAt({ client, server }) {
  return Math.max(client.out.lastArrivalMs, server.out.lastArrivalMs);
}
/** Whether both ends have it open, and nothing is on its way or waits to be read. */
function isStill({ client, server, isCut }) {
  if (isCut || !client.isLive || !server.isLive) return false;
  return [client.out, server.out].every((way) => way.isIdle && !way.isUnanswered && way.unread === 0);
}
