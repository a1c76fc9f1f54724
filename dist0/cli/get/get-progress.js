/** So often the line is written, at most: a terminal is slower than a network. */
const INTERVAL_MS = 200;
/** One line on standard error that says how far a download is. */
export class GetProgress {
  constructor(isShown) {
    this.totalBytes = null;
    this.doneBytes = 0;
    this.beganAtMs = 0;
    this.shownAtMs = 0;
    this.hasShown = false;
    this.isShown = isShown;
  }
  begin(contentLength) {
    this.totalBytes = contentLength === null ? null : Number(contentLength);
    this.beganAtMs = performance.now();
  }
  add(sizeBytes) {
    this.doneBytes += sizeBytes;
    if (!this.isShown || performance.now() - this.shownAtMs < INTERVAL_MS) return;
    this.show();
  }
  end() {
    if (!this.hasShown) return;
    this.show();
    process.stderr.write('\n');
  }
  show() {
    this.shownAtMs = performance.now();
    this.hasShown = true;
    const seconds = Math.max(0.001, (this.shownAtMs - this.beganAtMs) / 1000);
    const total = this.totalBytes === null ? '' : ` of ${mebibytes(this.totalBytes)}`;
    const percent = this.totalBytes ? `, ${Math.floor((100 * this.doneBytes) / this.totalBytes)} %` : '';
    const rate = mebibytes(this.doneBytes / seconds);
    process.stderr.write(`\r\u001b[K${mebibytes(this.doneBytes)}${total}${percent}, ${rate}/s`);
  }
}
function mebibytes(sizeBytes) {
  return `${(sizeBytes / 2 ** 20).toFixed(1)} MiB`;
}
