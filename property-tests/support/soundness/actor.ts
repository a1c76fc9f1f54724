// A program that follows a script: on the nth event of a kind it does what the script says. All it is stands in its
// state's text, but for what the dispatcher classes below it keep to themselves.
import {
  type Address,
  AsyncChat,
  type CloseReason,
  Dispatcher,
  DispatcherWithSend,
  type Endpoint,
  FileDispatcher,
  isBytes,
  type Reactor,
  SimpleProducer,
} from '../../../src/core/index.ts';

/** What an actor hears of. */
export const EVENTS = ['connect', 'read', 'write', 'end', 'close', 'timer', 'drain', 'found'] as const;
export type EventName = (typeof EVENTS)[number];

export type Action =
  | { readonly kind: 'send' | 'produce'; readonly size: number }
  | { readonly kind: 'later'; readonly delayMs: number }
  | { readonly kind: 'file' | 'pipe'; readonly size: number }
  | { readonly kind: 'until'; readonly terminator: number | string | null }
  | {
      readonly kind:
        | 'shut'
        | 'close'
        | 'abort'
        | 'done'
        | 'linger'
        | 'rest'
        | 'listen'
        | 'poke'
        | 'choose'
        | 'dial'
        | 'forget';
    };

/** By event: what to do the first time, the second time, …; nothing afterwards. */
export type Script = { readonly [E in EventName]?: readonly (readonly Action[])[] };

export interface Role {
  readonly base: 'dispatcher' | 'with-send' | 'chat';
  readonly readSize: number;
  readonly script: Script;
}

/** What actors of one world share. */
export interface Stage {
  readonly actors: Actor[];
  /** Whether states tell what came, or only how much. */
  readonly tellsContent: boolean;
  decide(): number;
  dial(from: Actor): void;
  openFile(from: Actor, size: number, kind: 'file' | 'pipe'): void;
}

/** The state of an actor, and its reactions; it lives on a channel of one of the classes below. */
export class Actor {
  readonly name: string;
  readonly host: string;
  readonly role: Role;
  readonly stage: Stage;
  private channel: Player;
  private readonly counts: Partial<Record<EventName, number>> = {};
  private readonly timers: number[] = [];
  seenBytes = 0;
  hasEnded = false;
  closedBy = '';
  private seen = '';
  private said = 0;
  private chosen = '';
  private isPoking = false;
  private hasDialled = false;

  constructor(name: string, host: string, role: Role, stage: Stage, channel: (actor: Actor) => Player) {
    this.name = name;
    this.host = host;
    this.role = role;
    this.stage = stage;
    this.channel = channel(this);
    stage.actors.push(this);
  }

  get isOpen(): boolean {
    return this.channel.connected;
  }

  /** Everything that decides how it goes on, and all that is asked of it. */
  stateText(): string {
    const counts = EVENTS.map((event) => this.counts[event] ?? 0).join('');
    const seen = this.stage.tellsContent ? this.seen : this.seenBytes;
    return `${this.name} ${counts} ${seen} ${this.said} ${this.chosen} ${this.closedBy} ${this.timers} ${this.hasDialled} ${this.hasEnded}`;
  }

  connect(to: Address): void {
    this.channel.connect(to);
  }

  see(data: Uint8Array): void {
    this.seenBytes += data.length;
    this.seen += String.fromCharCode(...data);
  }

  on(event: EventName): void {
    const reactions = this.role.script[event] ?? [];
    const count = this.counts[event] ?? 0;
    if (count >= reactions.length) return;
    this.counts[event] = count + 1;
    for (const action of reactions[count]) this.act(action);
  }

  private act(action: Action): void {
    const { channel, stage } = this;
    switch (action.kind) {
      case 'choose':
        this.chosen += stage.decide();
        return;
      case 'poke':
        this.poke();
        return;
      case 'dial':
        if (this.hasDialled) return;
        this.hasDialled = true;
        stage.dial(this);
        return;
      case 'file':
      case 'pipe':
        stage.openFile(this, action.size, action.kind);
        return;
      case 'close':
      case 'abort':
        if (!channel.closed) this.closedBy ||= `own ${action.kind}`;
        channel[action.kind]();
        return;
      case 'rest':
      case 'listen':
        channel.wantRead(action.kind === 'listen');
        return;
      case 'later':
        this.later(action.delayMs);
        return;
      default:
        if (channel.connected) this.actOpen(action);
    }
  }

  private later(delayMs: number): void {
    if (this.channel.closed) return;
    this.timers.push(delayMs);
    this.channel.callLater(delayMs, () => {
      this.timers.splice(this.timers.indexOf(delayMs), 1);
      this.on('timer');
    });
  }

  private actOpen(action: Action): void {
    const { channel } = this;
    const canEnd = channel instanceof DispatcherWithSend;
    if (canEnd && channel.isEnding) return;
    if (action.kind === 'send' && !this.hasShut) channel.send(this.bytes(action.size));
    else if (action.kind === 'shut' && !this.hasShut) {
      this.chosen += 's';
      channel.shutdownWrite();
    } else if (canEnd && action.kind === 'done') channel.closeWhenDone();
    else if (canEnd && action.kind === 'linger') channel.closeWhenDone({ lingerMs: 5 });
    else if (channel instanceof AsyncChat && action.kind === 'forget') channel.discardBuffers();
    else if (channel instanceof AsyncChat && action.kind === 'until')
      channel.setTerminator(action.terminator);
    else if (channel instanceof AsyncChat && action.kind === 'produce')
      channel.pushWithProducer(new SimpleProducer(this.bytes(action.size), 1));
  }

  private get hasShut(): boolean {
    return this.chosen.includes('s');
  }

  private bytes(size: number): Uint8Array {
    this.said += size;
    return Uint8Array.from({ length: size }, (_, index) => 97 + ((this.said - size + index) % 26));
  }

  /** Others of its host hear a timer's event: connections that touch each other. */
  private poke(): void {
    if (this.isPoking) return;
    this.isPoking = true;
    for (const other of [...this.stage.actors])
      if (other !== this && other.host === this.host && other.isOpen) other.on('timer');
    this.isPoking = false;
  }
}

export type Player = PlainPlayer | SendingPlayer | ChattingPlayer;

class PlainPlayer extends Dispatcher {
  actor!: Actor;

  fingerprint(): string {
    return this.actor.stateText();
  }

  override handleConnect(): void {
    this.actor.on('connect');
  }

  override handleRead(): void {
    const received = this.recv(this.actor.role.readSize);
    if (!isBytes(received)) return;
    this.actor.see(received);
    this.actor.on('read');
  }

  override handleWrite(): void {
    this.actor.on('write');
  }

  override handleEnd(): void {
    this.actor.hasEnded = true;
    this.actor.on('end');
  }

  override handleClose(reason: CloseReason): void {
    this.actor.closedBy = reason.kind;
    this.actor.on('close');
  }
}

class SendingPlayer extends DispatcherWithSend {
  actor!: Actor;
  override highWaterBytes = 2;
  override lowWaterBytes = 1;

  fingerprint(): string {
    return this.actor.stateText();
  }

  override handleConnect(): void {
    this.actor.on('connect');
  }

  override handleRead(): void {
    const received = this.recv(this.actor.role.readSize);
    if (!isBytes(received)) return;
    this.actor.see(received);
    this.actor.on('read');
  }

  override handleDrain(): void {
    this.actor.on('drain');
  }

  override handleEnd(): void {
    this.actor.hasEnded = true;
    this.actor.on('end');
    super.handleEnd();
  }

  override handleClose(reason: CloseReason): void {
    this.actor.closedBy = reason.kind;
    this.actor.on('close');
  }
}

class ChattingPlayer extends AsyncChat {
  actor!: Actor;

  fingerprint(): string {
    return this.actor.stateText();
  }

  override handleConnect(): void {
    this.actor.on('connect');
  }

  override collectIncomingData(data: Uint8Array): void {
    this.actor.see(data);
    this.actor.on('read');
  }

  override foundTerminator(): void {
    this.actor.on('found');
  }

  override handleEnd(): void {
    this.actor.hasEnded = true;
    this.actor.on('end');
    super.handleEnd();
  }

  override handleClose(reason: CloseReason): void {
    this.actor.closedBy = reason.kind;
    this.actor.on('close');
  }
}

export function play(reactor: Reactor, endpoint: Endpoint | null, role: Role): (actor: Actor) => Player {
  return (actor) => {
    const Class = { dispatcher: PlainPlayer, 'with-send': SendingPlayer, chat: ChattingPlayer }[role.base];
    const player = new Class(reactor, endpoint);
    player.actor = actor;
    if (player instanceof ChattingPlayer) player.acInBufferSize = role.readSize;
    return player;
  };
}

/** Reads or writes a file, and tells its actor how it went. */
export class FilePlayer extends FileDispatcher {
  private readonly actor: Actor;
  private left: number;

  constructor(reactor: Reactor, path: string, actor: Actor, size: number) {
    super(reactor, path, size > 0 ? { flags: 'a' } : undefined);
    this.actor = actor;
    this.left = size;
    this.wantWrite(size > 0);
  }

  override handleWrite(): void {
    if (this.left > 0) this.left -= this.send(new Uint8Array(this.left).fill(65));
    else this.close();
  }

  override handleRead(): void {
    const received = this.recv(2);
    if (!isBytes(received)) return;
    this.actor.see(received);
    this.actor.on('read');
  }

  override handleClose(reason: CloseReason): void {
    this.actor.closedBy ||= `file ${reason.kind}`;
    this.actor.on('timer');
  }

  fingerprint(): string {
    return `${this.actor.name} ${this.left}`;
  }
}
