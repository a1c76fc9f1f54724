import { Dispatcher, DispatcherWithSend, type Endpoint, isBytes } from '../../src/core/index.ts';

/** The shouter with the mistake that the README describes: what one receive gives is taken for whole lines. */
class HastyShouter extends DispatcherWithSend {
  override handleRead(): void {
    const received = this.recv(4096);
    if (!isBytes(received)) return;
    const lines = Buffer.from(received).toString('latin1').split('\n');
    for (const line of lines.filter((text) => text !== ''))
      this.send(Buffer.from(`${line.toUpperCase()}\n`, 'latin1'));
  }
}

export class ShouterListener extends Dispatcher {
  override handleAccepted(endpoint: Endpoint): void {
    new HastyShouter(this.reactor, endpoint);
  }
}
