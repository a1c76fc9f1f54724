// A program's class extends ours, so its own fields and methods stand beside ours under one roof. What programs call
// theirs must not be what ours are called: JavaScript would not say so, and the channel would break in odd ways.
import { expect, test } from 'vitest';
import { AsyncChat, Dispatcher, DispatcherWithSend, type Endpoint, isBytes } from '../../src/core/index.ts';
import { runScenario, Simulation } from '../../src/sim/index.ts';
import { random } from '../../src/sim/strategies/random.ts';

/** What a line protocol, a proxy, a pool or a chat calls its fields and methods. */
const NAMES = `
  active ack acked answer answered answers backlog backend batch bound body buf buffer buffered busy bytes cache client
  clients collect complete completed config conn connection connections connectOptions count counter credit current data
  deadline done draining emit end ended endpoint error errors expected fail failed family finish finished finishing first
  flush flushed found frame frames full handler hasEnded hasShutdown header headers held host id idle inFlight incoming
  index input isDue isEndPending isPending isQueued isRegistered isSent job jobs keepAlive last later length limit line
  linger lingerMs lines listener max members message messages misuse name next onClose onData options owner parent parse
  parser partial parts pause paused peer pending phase pool port process protocol queue queued reader ready reason received
  refill register registered release remaining remote reply request requests reset response rest result results resume retries
  room rooms scan sending sent serve server service session shutdown size slots soon source start started state status stop
  stopping store stream subscribers target terminator text timeout timer timers token tokens total transport tries type
  unsent upstream user users waiters waiting window writer
`
  .trim()
  .split(/\s+/);

/** Echoes, and has a field of each name, set to something of no use. */
function cluttered<Base extends typeof DispatcherWithSend>(Class: Base, value: () => unknown): Base {
  class Cluttered extends (Class as typeof DispatcherWithSend) {
    constructor(...parameters: ConstructorParameters<typeof DispatcherWithSend>) {
      super(...parameters);
      for (const name of NAMES)
        Object.defineProperty(this, name, { value: value(), writable: true, configurable: true });
    }

    override handleRead(): void {
      const received = this.recv(64);
      if (isBytes(received)) this.send(received);
    }
  }
  return Cluttered as Base;
}

const VALUES: readonly (readonly [string, () => unknown])[] = [
  ['a string', () => 'x'],
  ['true', () => true],
  ['null', () => null],
  ['an array', () => ['x']],
  ['a function', () => (): boolean => true],
];

test.each(VALUES)(
  'a program whose own fields are called as it likes, each %s, does as before',
  (_, value) => {
    for (let seed = 0; seed < 20; seed += 1) {
      let back = '';
      const { failure } = runScenario(
        {
          name: 'own-names',
          families: ['order', 'split', 'end', 'short-send', 'short-read'],
          setup(sim) {
            const Echo = cluttered(DispatcherWithSend, value);
            class Listener extends cluttered(DispatcherWithSend, value) {
              override handleAccepted(endpoint: Endpoint): void {
                new Echo(this.reactor, endpoint);
              }
            }
            const listener = new Listener(sim.host('server').reactor);
            listener.bind({ host: '0.0.0.0', port: 7 });
            listener.listen();
            class Client extends cluttered(DispatcherWithSend, value) {
              override handleConnect(): void {
                this.send(new TextEncoder().encode('hello'));
                this.callLater(5, () => this.shutdownWrite());
              }

              override handleRead(): void {
                const received = this.recv(64);
                if (isBytes(received)) back += new TextDecoder().decode(received);
              }
            }
            new Client(sim.host('client').reactor).connect({ host: 'server', port: 7 });
          },
        },
        random(seed),
      );
      expect(failure?.error).toBeUndefined();
      expect(back).toBe('hello');
    }
  },
);

test('no class of channels has a member of a name that programs use', () => {
  // asynchat's own, of which a program may make use.
  const taken = new Set(['incoming']);
  const { reactor } = new Simulation().host('any');
  for (const channel of [new Dispatcher(reactor), new DispatcherWithSend(reactor), new AsyncChat(reactor)])
    expect(NAMES.filter((name) => name in channel && !taken.has(name))).toEqual([]);
});
