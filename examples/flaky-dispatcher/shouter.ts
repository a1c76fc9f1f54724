import { DispatcherWithSend, type Endpoint, isBytes } from 'foulweather';

/** Answers each line in capitals, and closes when the peer has ended. */
export class Shouter extends DispatcherWithSend {
  private rest = '';

  override handleRead(): void {
    const received = this.recv(4096);
    if (!isBytes(received)) return;
    const lines = (this.rest + Buffer.from(received).toString('latin1')).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.send(Buffer.from(`${line.toUpperCase()}\n`, 'latin1'));
  }
}

/** Listens, and makes a Shouter of each connection. */
export class ShouterListener extends DispatcherWithSend {
  override handleAccepted(endpoint: Endpoint): void {
    new Shouter(this.reactor, endpoint);
  }
}
