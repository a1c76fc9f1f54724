// Files of a host: a memfs volume behind the same endpoint interface, made when a file is first used.
import type { Volume } from 'memfs';
import { checkInteger, checkText } from '../core/arguments.ts';
import { TransportError } from '../core/errors.ts';
import {
  END_OF_STREAM,
  type Endpoint,
  type OpenFileOptions,
  Readiness,
  type Received,
  type Watcher,
  WOULD_BLOCK,
} from '../core/transport.ts';
import type { Host } from './host.ts';
import { SHORT_READ, SHORT_SEND } from './label.ts';

const { READABLE, WRITABLE, FAILED, OPEN } = Readiness;

/** Opens a file of `host` as an endpoint. What the volume answers arrives as readiness. */
export function openSimFile(host: Host, file: string | number, options: OpenFileOptions): Endpoint {
  if (typeof file === 'number') checkInteger('file', file, 0);
  else checkText('file', file);
  return new SimFile(host, file, options.flags ?? 'r');
}

class SimFile implements Endpoint {
  readiness = 0;
  watcher: Watcher | null = null;
  readonly localAddress = null;
  readonly remoteAddress = null;
  private readonly host: Host;
  private readonly volume: Volume;
  private readonly isOwned: boolean;
  private descriptor = -1;
  /** Where the next read begins. */
  private position = 0;
  private failure: TransportError | null = null;

  constructor(host: Host, file: string | number, flags: string) {
    this.host = host;
    this.volume = host.volume;
    this.isOwned = typeof file === 'string';
    host.clock.setTimer(0, () => this.open(file, flags));
  }

  recv(sizeBytes: number): Received {
    if ((this.readiness & READABLE) === 0) return WOULD_BLOCK;
    if (sizeBytes === 0) return new Uint8Array(0);
    const { network } = this.host;
    const buffer = new Uint8Array(Math.min(sizeBytes, 1 << 20));
    try {
      const got = this.volume.readSync(this.descriptor, buffer, 0, buffer.length, this.position);
      network.effects += 1;
      if (got === 0) return END_OF_STREAM;
      const fewer =
        got > 1 && (network.mask & (1 << SHORT_READ.index)) !== 0
          ? network.decisions.decide(SHORT_READ, got)
          : 0;
      if (fewer > 0)
        network.noteFault(
          SHORT_READ,
          this.host.name,
          () => `a file read gives ${got - fewer} of ${got} bytes`,
        );
      this.position += got - fewer;
      return buffer.subarray(0, got - fewer);
    } catch (error) {
      return this.fail(error, 'read');
    }
  }

  send(data: Uint8Array): number {
    if ((this.readiness & WRITABLE) === 0 || data.length === 0) return 0;
    const { network } = this.host;
    const fewer =
      data.length > 1 && (network.mask & (1 << SHORT_SEND.index)) !== 0
        ? network.decisions.decide(SHORT_SEND, data.length)
        : 0;
    if (fewer > 0)
      network.noteFault(
        SHORT_SEND,
        this.host.name,
        () => `a file write takes ${data.length - fewer} of ${data.length} bytes`,
      );
    try {
      network.effects += 1;
      return this.volume.writeSync(this.descriptor, data, 0, data.length - fewer);
    } catch (error) {
      this.fail(error, 'write');
      return 0;
    }
  }

  takeError(): TransportError | null {
    const { failure } = this;
    this.failure = null;
    this.readiness &= ~FAILED;
    return failure;
  }

  /** A file has no end of stream to send. */
  shutdownWrite(): void {
    this.readiness &= ~WRITABLE;
  }

  abort(): void {
    this.close();
  }

  close(): void {
    if (this.descriptor >= 0 && this.isOwned) {
      this.volume.closeSync(this.descriptor);
      this.host.openFiles -= 1;
    }
    this.descriptor = -1;
    this.readiness = 0;
    this.watcher = null;
  }

  private open(file: string | number, flags: string): void {
    if (this.watcher === null) return;
    try {
      if (typeof file === 'number') this.descriptor = file;
      else this.openPath(file, flags);
      const canRead = typeof file === 'number' || flags.startsWith('r') || flags.endsWith('+');
      const canWrite = typeof file === 'number' || flags !== 'r';
      this.readiness = OPEN | (canRead ? READABLE : 0) | (canWrite ? WRITABLE : 0);
      this.watcher?.onReadiness();
    } catch (error) {
      this.fail(error, 'open', typeof file === 'string' ? file : undefined);
    }
  }

  private openPath(file: string, flags: string): void {
    const exhausted = this.host.limited?.whyNoSocket() ?? null;
    if (exhausted !== null) throw new TransportError(exhausted, { syscall: 'open', path: file });
    this.descriptor = Number(this.volume.openSync(file, flags));
    this.host.openFiles += 1;
  }

  private fail(error: unknown, syscall: string, path?: string): typeof WOULD_BLOCK {
    const { code } = error as { code?: string };
    if (code === undefined) throw error;
    this.failure = new TransportError(code, { syscall, path });
    this.readiness = FAILED | (this.readiness & OPEN);
    this.watcher?.onReadiness();
    return WOULD_BLOCK;
  }
}
