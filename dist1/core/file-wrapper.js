import { checkBytes, checkInteger } from './arguments.js';
import { StateError } from './errors.js';
/**
 * A file with the calls of a connection, as asyncore's file_wrapper: its own handle, so that a descriptor given by
 * number stays the caller's. It has no number of its own: not every backend has one.
 */
export class FileWrapper {
  constructor(transport, file, options) {
    this.isClosed = false;
    this.endpoint = transport.openFile(file, options);
  }
  get closed() {
    return this.isClosed;
  }
  /** Up to `sizeBytes` bytes from where the last read ended, WOULD_BLOCK while they are fetched, or END_OF_STREAM. */
  recv(sizeBytes) {
    checkInteger('sizeBytes', sizeBytes, 0);
    this.expectOpen('recv');
    return this.endpoint.recv(sizeBytes);
  }
  /** `recv` under its file name. */
  read(sizeBytes) {
    return this.recv(sizeBytes);
  }
  /** Returns how many bytes from the start of `data` were accepted. */
  send(data) {
    checkBytes('data', data);
    this.expectOpen('send');
    return this.endpoint.send(data);
  }
  /** `send` under its file name. */
  write(data) {
    return this.send(data);
  }
  /** Closes this handle, after what was accepted has been written. Idempotent. */
  close() {
    this.isClosed = true;
    this.endpoint.close();
  }
  expectOpen(attempt) {
    if (!this.isClosed) return;
    throw new StateError('ERR_FILE_CLOSED', `${attempt} on a closed FileWrapper: open the file again`);
  }
}
