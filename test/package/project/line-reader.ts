import { Dispatcher, type Endpoint, isBytes, type Reactor } from 'foulweather';

/** A dispatcher of somebody else's project: collects lines, however they arrive. */
export class LineReader extends Dispatcher {
  readonly lines: string[] = [];
  /** How often bytes arrived. */
  reads = 0;
  private rest = '';

  override handleRead(): void {
    const received = this.recv(4096);
    if (!isBytes(received)) return;
    this.reads += 1;
    const lines = (this.rest + new TextDecoder().decode(received)).split('\n');
    this.rest = lines.pop() ?? '';
    this.lines.push(...lines);
  }

  override handleWrite(): void {}

  override handleEnd(): void {
    this.close();
  }
}

/** Accepts connections, and gives each a LineReader. */
export class LineServer extends Dispatcher {
  readonly readers: LineReader[] = [];

  constructor(reactor: Reactor, port: number) {
    super(reactor);
    this.bind({ host: '0.0.0.0', port });
    this.listen();
  }

  override handleAccepted(endpoint: Endpoint): void {
    this.readers.push(new LineReader(this.reactor, endpoint));
  }
}
