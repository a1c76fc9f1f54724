import { DispatcherWithSend, isBytes, type Scenario } from 'foulweather';
import { ShouterListener } from './shouter.ts';

const SENT = 'one\ntwo\n';

/** Sends two lines and the end of stream; collects what comes back. */
class Client extends DispatcherWithSend {
  answer = '';
  hasSeenEnd = false;

  override handleConnect(): void {
    this.send(Buffer.from(SENT));
    this.shutdownWrite();
  }

  override handleRead(): void {
    const received = this.recv(4096);
    if (isBytes(received)) this.answer += Buffer.from(received);
  }

  override handleEnd(): void {
    this.hasSeenEnd = true;
    this.close();
  }
}

export const shouter: Scenario = {
  name: 'shouter',
  setup(sim) {
    const listener = new ShouterListener(sim.host('server').reactor);
    listener.bind({ host: '0.0.0.0', port: 7000 });
    listener.listen();
    const client = new Client(sim.host('client').reactor);
    client.connect({ host: 'server', port: 7000 });

    sim.always('the answer is a prefix of what was sent, in capitals', () =>
      SENT.toUpperCase().startsWith(client.answer),
    );
    sim.eventually(
      'a client that nobody cut off has the whole answer',
      () => sim.hasKilled || (client.hasSeenEnd && client.answer === SENT.toUpperCase()),
    );
  },
};
