// The echo server of asyncore's documentation, written anew: docs/asyncore.md, C2.
import { type Address, Dispatcher, type Endpoint, isBytes, type Reactor } from '../../../src/core/index.ts';
import { ClassicDispatcherWithSend } from './classic-dispatcher-with-send.ts';
import type { BrokenEcho, Service } from './service.ts';

class EchoHandler extends ClassicDispatcherWithSend {
  override handleRead(): void {
    const data = this.recv(8192);
    if (isBytes(data)) this.send(data);
  }
}

class EchoServer extends Dispatcher implements Service {
  private readonly handlers: EchoHandler[] = [];

  constructor(reactor: Reactor, local: Address) {
    super(reactor);
    this.setReuseAddr();
    this.bind(local);
    this.listen(5);
  }

  get server(): Dispatcher {
    return this;
  }

  override handleAccepted(endpoint: Endpoint): void {
    this.handlers.push(new EchoHandler(this.reactor, endpoint));
  }

  heldBytes(): number {
    let sum = 0;
    for (const { closed, outBuffer } of this.handlers) if (!closed) sum += outBuffer.byteLength;
    return sum;
  }
}

export const classicEcho: BrokenEcho = {
  name: 'echo: the classic recipe',
  kind: 'echo',
  group: 'ending',
  mistake: 'reads without limit, and drops what is unsent when the client has ended',
  make: (reactor, local) => new EchoServer(reactor, local),
};
