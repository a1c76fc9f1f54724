/** Through the stream: public API. */
export class StreamOutlet {
  /** `onWritten` is called after each write that was not taken at once, and possibly after others. */
  constructor(socket, onWritten) {
    this.socket = socket;
    this.onWritten = onWritten;
  }
  get queuedBytes() {
    return this.socket.writableLength;
  }
  write(bytes) {
    this.socket.write(bytes, this.onWritten);
  }
}
