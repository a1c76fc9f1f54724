import { Dispatcher } from '../../core/index.js';
import { ForwardServer } from '../../services/index.js';
import { ExchangeClient, everyComplete, everyPrefix, payloadFor, textOf } from './exchange-client.js';
export const FORWARDER = { host: 'forwarder', port: 80 };
export const REMOTE = { host: 'remote', port: 9 };
/** Clients that exchange bytes with a remote through a forwarder, which must not be noticed. */
export function forwarderScenario(options) {
  const { name, connections, bytesUp, bytesDown, families, limits, windowBytes, isRefused = false } = options;
  const ups = Array.from({ length: connections }, (_, index) => payloadFor(index, bytesUp));
  const down = payloadFor(2, bytesDown);
  const upTexts = ups.map(textOf);
  const downTexts = ups.map(() => textOf(down));
  const serve = options.serve ?? serveForwarder;
  return {
    name,
    title: describe(options),
    families,
    limits,
    network: { latencyMs: 0, windowBytes },
    setup(sim) {
      serve(sim);
      const remote = new Remote(sim.host(REMOTE.host).reactor, { ...options, payload: down });
      if (!isRefused) remote.start();
      const clients = ups.map((payload, index) => {
        const client = new ExchangeClient(sim.host(`client-${index + 1}`).reactor, {
          payload,
          readSizeBytes: options.readSizeBytes,
        });
        client.connect(FORWARDER);
        return client;
      });
      const hosts = clients.map((_, index) => sim.host(`client-${index + 1}`));
      sim.separate(hosts);
      sim.identify(() => {
        const ends = remote.ends.map((end) => end.fingerprint()).sort();
        return `${clients.map((client) => client.fingerprint()).join('/')};${ends.join('/')}`;
      });
      const each = { isPerConnection: true };
      sim.always(
        'each side receives a prefix of what the other sent',
        () => everyPrefix(clients, downTexts) && remote.receivesPrefixes(upTexts),
        each,
      );
      sim.always(
        'a cut stream does not look complete',
        () => sim.hasKilled || endsAreWhole(clients, downTexts, isRefused),
        each,
      );
      sim.always(
        'a reset is not turned into a clean end',
        () => sim.faultCount('close') > 0 || endsAreWhole(clients, downTexts, false),
        each,
      );
      sim.always(
        'no handler is called out of turn',
        () => [...clients, ...remote.ends].every((end) => end.violations === ''),
        each,
      );
      sim.eventually('no two connections carry the bytes of one client', () => remote.received(upTexts));
      sim.eventually(
        'a connection that nothing killed gets all bytes both ways, then the end',
        () => sim.hasKilled || isRefused || (everyComplete(clients, downTexts) && remote.isComplete(upTexts)),
      );
      sim.eventually(
        'a client whose remote is refused is told',
        () => !isRefused || clients.every((client) => client.closeReason !== null),
      );
      sim.eventually('nothing stays open', () => !sim.hasOpenEndpoints);
    },
  };
}
function serveForwarder(sim) {
  new ForwardServer(sim.host(FORWARDER.host).reactor, {
    local: { host: '0.0.0.0', port: FORWARDER.port },
    remote: REMOTE,
  });
}
/** Whoever saw an end of stream has every byte before it. */
function endsAreWhole(clients, texts, isRefused) {
  return clients.every(
    (client, index) => !client.hasSeenEnd || (!isRefused && client.received === texts[index]),
  );
}
/** The host behind the forwarder: one exchange for each connection. */
class Remote extends Dispatcher {
  constructor(reactor, options) {
    super(reactor);
    this.ends = [];
    this.options = options;
  }
  start() {
    this.bind({ host: '0.0.0.0', port: REMOTE.port });
    this.listen();
  }
  handleAccepted(endpoint) {
    this.ends.push(new ExchangeClient(this.reactor, this.options, endpoint));
  }
  /** Its ends share nothing. */
  get connectionsAreIndependent() {
    return true;
  }
  /** Whether each connection carries a prefix of some client's bytes. */
  receivesPrefixes(texts) {
    return this.ends.every((end) => texts.some((text) => end.receivedPrefixOf(text)));
  }
  /** Whether each connection carries a prefix of one client's bytes, no two the same client's. */
  received(texts) {
    const free = [...texts];
    for (const { received } of [...this.ends].sort((a, b) => b.received.length - a.received.length)) {
      const index = free.findIndex((text) => text.startsWith(received));
      if (index < 0) return false;
      free.splice(index, 1);
    }
    return true;
  }
  isComplete(texts) {
    return (
      this.ends.length === texts.length &&
      this.received(texts) &&
      this.ends.every((end) => end.hasSeenEnd && texts.includes(end.received))
    );
  }
  fingerprint() {
    return '';
  }
}
function describe({ connections, bytesUp, bytesDown, answersAtEnd, isRefused }) {
  const who = `${connections} client${connections === 1 ? '' : 's'}`;
  if (isRefused === true) return `a forwarder whose remote refuses closes ${who} by reset`;
  const bytes = `${bytesUp} byte${bytesUp === 1 ? '' : 's'} up and ${bytesDown} down for ${who}`;
  return answersAtEnd === true
    ? `a forwarder passes ${bytes}, the answer after the end`
    : `a forwarder passes ${bytes}`;
}
