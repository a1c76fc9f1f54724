import { expect, test } from 'vitest';
import { type Address, type CloseReason, Dispatcher, type Endpoint, isBytes } from '../../src/core/index.ts';
import { createRealReactor } from '../../src/real/index.ts';

test('an echo over loopback ends the loop once both sides have closed', async () => {
  const reactor = createRealReactor();
  const events: string[] = [];
  class Echo extends Dispatcher {
    override handleRead(): void {
      const received = this.recv(1024);
      if (isBytes(received)) this.send(received);
    }
    override handleEnd(): void {
      events.push('server end');
      this.close();
    }
    override handleWrite(): void {}
  }
  class Client extends Dispatcher {
    override handleConnect(): void {
      events.push('connect');
      this.send(Buffer.from('ping'));
      this.shutdownWrite();
    }
    override handleRead(): void {
      const received = this.recv(1024);
      if (isBytes(received)) events.push(Buffer.from(received).toString());
    }
    override handleClose(reason: CloseReason): void {
      events.push(reason.kind);
    }
  }
  const server = new (class extends Dispatcher {
    override handleListening(): void {
      new Client(reactor).connect(this.localAddress as Address);
    }
    override handleAccepted(endpoint: Endpoint): void {
      new Echo(reactor, endpoint);
      this.close();
    }
  })(reactor);
  server.bind({ host: '127.0.0.1', port: 0 });
  server.listen();
  await reactor.loop();
  expect(events).toEqual(['connect', 'server end', 'ping', 'end']);
});
