// CPython's BaseTestHandler: every event that a test does not expect fails it.
import {
  type Address,
  type CloseReason,
  Dispatcher,
  type Endpoint,
  ExitNow,
  type TransportError,
} from '../../../src/core/index.ts';

function unexpected(event: string): never {
  throw new ExitNow(`${event} not expected`);
}

export class BaseTestHandler extends Dispatcher {
  /** What a test waits for. */
  flag = false;

  override handleAccept(): void {
    unexpected('handleAccept');
  }
  override handleAccepted(_endpoint: Endpoint, _address: Address): void {
    unexpected('handleAccepted');
  }
  override handleAcceptError(error: TransportError): void {
    unexpected(`handleAcceptError ${error.code}`);
  }
  override handleClose(reason: CloseReason): void {
    unexpected(`handleClose ${reason.kind}`);
  }
  override handleConnect(): void {
    unexpected('handleConnect');
  }
  override handleEnd(): void {
    unexpected('handleEnd');
  }
  override handleError(error: unknown): void {
    unexpected(`handleError ${String(error)}`);
  }
  override handleExpt(): void {
    unexpected('handleExpt');
  }
  override handleRead(): void {
    unexpected('handleRead');
  }
  override handleWrite(): void {
    unexpected('handleWrite');
  }
}

/** A server that makes a channel of each connection. */
export class BaseServer extends BaseTestHandler {
  private readonly makeHandler: (endpoint: Endpoint) => unknown;

  constructor(
    bench: { readonly serverReactor: Dispatcher['reactor']; readonly listenAddress: Address },
    makeHandler: (endpoint: Endpoint) => unknown = (endpoint) => new Dispatcher(this.reactor, endpoint),
  ) {
    super(bench.serverReactor);
    this.makeHandler = makeHandler;
    this.setReuseAddr();
    this.bind(bench.listenAddress);
    this.listen(5);
  }

  override handleAccept(): void {
    Dispatcher.prototype.handleAccept.call(this);
  }

  override handleAccepted(endpoint: Endpoint, _address: Address): void {
    this.makeHandler(endpoint);
  }
}

/** A client that expects nothing but to be connected. */
export class BaseClient extends BaseTestHandler {
  constructor(reactor: Dispatcher['reactor'], address: Address) {
    super(reactor);
    this.connect(address);
  }

  override handleConnect(): void {}
  override handleWrite(): void {}
}
