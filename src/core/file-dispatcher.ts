import { Dispatcher } from './dispatcher.ts';
import { FileWrapper } from './file-wrapper.ts';
import type { Reactor } from './reactor.ts';
import type { OpenFileOptions } from './transport.ts';

/**
 * A channel on a file, a pipe or a terminal, as asyncore's file_dispatcher. It is open at once; a file that cannot be
 * opened ends it with `handleClose({ kind: 'failed' })`, and the end of the file is the end of the stream.
 */
export class FileDispatcher extends Dispatcher {
  /** The handle, closed with the channel. */
  readonly file: FileWrapper;

  /** `file` is a path, a descriptor, which stays the caller's, or a wrapper, which the channel takes over. */
  constructor(reactor: Reactor, file: string | number | FileWrapper, options?: OpenFileOptions) {
    super(reactor);
    this.file = file instanceof FileWrapper ? file : new FileWrapper(reactor.transport, file, options);
    this.file.expectOpen('FileDispatcher');
    this.setEndpoint(this.file.endpoint);
  }

  override close(): void {
    super.close();
    this.file.close();
  }

  override abort(): void {
    super.abort();
    this.file.close();
  }
}
