// Dispatchers that write down which handlers were called, and otherwise do what the test says.
import {
  type Address,
  AsyncChat,
  type CloseReason,
  Dispatcher,
  DispatcherWithSend,
  type Endpoint,
  isBytes,
  type Reactor,
  type TransportError,
} from '../../src/core/index.ts';

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
export const text = (data: Uint8Array): string => new TextDecoder().decode(data);

type Handler = () => void;

export interface Script {
  readonly name?: string;
  readonly events?: string[];
  readonly onRead?: Handler;
  readonly onWrite?: Handler;
  readonly onConnect?: Handler;
  readonly onEnd?: Handler;
  readonly onClose?: Handler;
  readonly onAccepted?: (endpoint: Endpoint) => void;
  readonly onError?: Handler;
  readonly onExpt?: Handler;
}

/** Notes each handler as `name.handler`. Reads what there is; anything else is the script's. */
export class Recorder extends Dispatcher {
  readonly events: string[];
  script: Script;

  constructor(reactor: Reactor, endpoint: Endpoint | null = null, script: Script = {}) {
    super(reactor, endpoint);
    this.script = script;
    this.events = script.events ?? [];
  }

  override handleRead(): void {
    if (this.script.onRead !== undefined) {
      this.note('read');
      this.script.onRead();
      return;
    }
    const received = this.recv(65536);
    this.note(isBytes(received) ? `read ${text(received)}` : 'read nothing');
  }

  override handleWrite(): void {
    this.note('write');
    this.script.onWrite?.();
  }

  override handleConnect(): void {
    this.note('connect');
    this.script.onConnect?.();
  }

  override handleEnd(): void {
    this.note('end');
    if (this.script.onEnd !== undefined) this.script.onEnd();
    else super.handleEnd();
  }

  override handleClose(reason: CloseReason): void {
    this.note(`close ${reasonText(reason)}`);
    this.script.onClose?.();
  }

  override handleListening(): void {
    this.note('listening');
  }

  override handleAccepted(endpoint: Endpoint, address: Address): void {
    this.note('accepted');
    if (this.script.onAccepted !== undefined) this.script.onAccepted(endpoint);
    else super.handleAccepted(endpoint, address);
  }

  override handleAcceptError(error: TransportError): void {
    this.note(`accept error ${error.code}`);
  }

  override handleExpt(): void {
    this.note('expt');
    this.script.onExpt?.();
  }

  override handleError(error: unknown): void {
    this.note(`error ${error instanceof Error ? error.message : String(error)}`);
    this.script.onError?.();
  }

  private note(event: string): void {
    this.events.push(this.script.name === undefined ? event : `${this.script.name}.${event}`);
  }
}

export function reasonText(reason: CloseReason): string {
  if (!('error' in reason)) return reason.kind;
  const { error } = reason;
  return reason.kind === 'exception' ? reason.kind : `${reason.kind} ${(error as TransportError).code}`;
}

/** A DispatcherWithSend that notes how it ends, and when it drains. */
export class Sender extends DispatcherWithSend {
  readonly events: string[] = [];

  override handleRead(): void {
    const received = this.recv(65536);
    if (isBytes(received)) this.events.push(`read ${text(received)}`);
  }

  override handleConnect(): void {
    this.events.push('connect');
  }

  override handleDrain(): void {
    this.events.push('drain');
  }

  override handleClose(reason: CloseReason): void {
    this.events.push(`close ${reasonText(reason)}`);
  }
}

/** An AsyncChat that notes each message, and what was left at the end. */
export class Chatter extends AsyncChat {
  readonly messages: string[] = [];
  readonly events: string[] = [];
  onMessage: ((message: string) => void) | null = null;

  override collectIncomingData(data: Uint8Array): void {
    this._collectIncomingData(data);
  }

  override foundTerminator(): void {
    const message = text(this._getData());
    this.messages.push(message);
    this.onMessage?.(message);
  }

  override handleError(error: unknown): void {
    this.events.push(`error ${error instanceof Error ? error.message : String(error)}`);
  }

  override handleClose(reason: CloseReason): void {
    this.events.push(`close ${reasonText(reason)}`);
  }

  /** What was collected and not ended by a terminator. */
  get rest(): string {
    return this.incoming.map(text).join('');
  }
}
