import { Dispatcher } from './dispatcher.js';
import { FileWrapper } from './file-wrapper.js';
/**
 * A channel on a file, a pipe or a terminal, as asyncore's file_dispatcher. It is open at once; a file that cannot be
 * opened ends it with `handleClose({ kind: 'failed' })`, and the end of the file is the end of the stream.
 */
export class FileDispatcher extends Dispatcher {
  /** `file` is a path, a descriptor, which stays the caller's, or a wrapper, which the channel takes over. */
  constructor(reactor, file, options) {
    super(reactor);
    this.file = file instanceof FileWrapper ? file : new FileWrapper(reactor.transport, file, options);
    this.setEndpoint(this.file.endpoint);
  }
  close() {
    super.close();
    this.file.close();
  }
  abort() {
    super.abort();
    this.file.close();
  }
}
