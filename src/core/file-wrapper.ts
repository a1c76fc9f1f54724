import { checkBytes, checkInteger, checkMethod } from './arguments.ts';
import { StateError } from './errors.ts';
import type { Endpoint, OpenFileOptions, Received, Transport } from './transport.ts';

/**
 * A file with the calls of a connection, as asyncore's file_wrapper: its own handle, so that a descriptor given by
 * number stays the caller's. It has no number of its own: not every backend has one.
 */
export class FileWrapper {
  readonly endpoint: Endpoint;
  private isClosed = false;

  constructor(transport: Transport, file: string | number, options?: OpenFileOptions) {
    checkMethod('transport', transport, transport?.openFile, 'a Transport, as reactor.transport is one');
    this.endpoint = transport.openFile(file, options);
  }

  get closed(): boolean {
    return this.isClosed;
  }

  /** Up to `sizeBytes` bytes from where the last read ended, WOULD_BLOCK while they are fetched, or END_OF_STREAM. */
  recv(sizeBytes: number): Received {
    checkInteger('sizeBytes', sizeBytes, 0);
    this.expectOpen('recv');
    return this.endpoint.recv(sizeBytes);
  }

  /** `recv` under its file name. */
  read(sizeBytes: number): Received {
    return this.recv(sizeBytes);
  }

  /** Returns how many bytes from the start of `data` were accepted. */
  send(data: Uint8Array): number {
    checkBytes('data', data);
    this.expectOpen('send');
    return this.endpoint.send(data);
  }

  /** `send` under its file name. */
  write(data: Uint8Array): number {
    return this.send(data);
  }

  /** Closes this handle, after what was accepted has been written. Idempotent. */
  close(): void {
    this.isClosed = true;
    this.endpoint.close();
  }

  /** @internal Throws StateError if it is closed. */
  expectOpen(attempt: string): void {
    if (!this.isClosed) return;
    throw new StateError('ERR_FILE_CLOSED', `${attempt} on a closed FileWrapper: open the file again`);
  }
}
