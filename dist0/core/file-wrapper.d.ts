import type { Endpoint, OpenFileOptions, Received, Transport } from './transport.ts';
/**
 * A file with the calls of a connection, as asyncore's file_wrapper: its own handle, so that a descriptor given by
 * number stays the caller's. It has no number of its own: not every backend has one.
 */
export declare class FileWrapper {
  readonly endpoint: Endpoint;
  private isClosed;
  constructor(transport: Transport, file: string | number, options?: OpenFileOptions);
  get closed(): boolean;
  /** Up to `sizeBytes` bytes from where the last read ended, WOULD_BLOCK while they are fetched, or END_OF_STREAM. */
  recv(sizeBytes: number): Received;
  /** `recv` under its file name. */
  read(sizeBytes: number): Received;
  /** Returns how many bytes from the start of `data` were accepted. */
  send(data: Uint8Array): number;
  /** `send` under its file name. */
  write(data: Uint8Array): number;
  /** Closes this handle, after what was accepted has been written. Idempotent. */
  close(): void;
  private expectOpen;
}
