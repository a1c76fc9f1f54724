/** The longest path that fits in Linux's sockaddr_un (unix(7)), in bytes. */
const PATH_BYTES_MAX = 107;
const MAY_WRITE = 0o200;
export class SocketPaths {
  constructor(host) {
    /** Null for a path whose listener has died. */
    this.entries = new Map();
    /** By the file that a listener has bound, whatever its name is by now. */
    this.sockets = new Map();
    /** Paths that a file system elsewhere shows, and answers for. */
    this.placed = new Set();
    this.host = host;
  }
  /** Node's code of what forbids to listen on `path`, or null. */
  whyNotListen(given, isPlaced) {
    const path = plainPath(given);
    if (isTooLong(given)) return 'ENAMETOOLONG';
    if (isPlaced) return null;
    const { files } = this.host;
    if (files !== null) {
      const parent = modeOf(files, parentOf(path));
      // libuv reports a missing directory as EACCES, as on Windows (uv_pipe_bind).
      if (whyMissing(files, path) === 'ENOTDIR') return 'ENOTDIR';
      if (parent === null) return 'EACCES';
      if (modeOf(files, path) !== null) return 'EADDRINUSE';
      if ((parent & MAY_WRITE) === 0) return 'EACCES';
      // Whatever was there has been unlinked.
      return null;
    }
    return this.entries.has(path) ? 'EADDRINUSE' : null;
  }
  /** A listener has bound `path`. */
  add(given, listener, isPlaced) {
    const path = plainPath(given);
    this.entries.set(path, listener);
    if (isPlaced) this.placed.add(path);
    else if (this.host.files !== null) this.place(path, listener, this.host.files);
  }
  /** A listener has closed: libuv unlinks the path, whoever has it by now (uv_pipe_close). */
  remove(given) {
    const path = plainPath(given);
    this.entries.delete(path);
    const { files } = this.host;
    if (this.placed.delete(path)) return;
    if (files?.existsSync(path)) files.unlinkSync(path);
  }
  /** A listener has died: its path stays, and refuses. */
  leave(listener, given) {
    const path = plainPath(given);
    if (this.entries.get(path) === listener) this.entries.set(path, null);
  }
  /** Who listens on `path`, or Node's code of why a connection fails. */
  find(given) {
    const path = plainPath(given);
    if (isTooLong(given)) return 'ENAMETOOLONG';
    const { files } = this.host;
    if (files !== null && !this.placed.has(path)) {
      const mode = modeOf(files, path);
      if (mode === null) return whyMissing(files, path);
      if ((mode & MAY_WRITE) === 0) return 'EACCES';
      const listener = this.sockets.get(nodeOf(files, path));
      return listener === undefined || listener.isClosed ? 'ECONNREFUSED' : listener;
    }
    const listener = this.entries.get(path);
    if (listener === undefined) return files === null ? 'ENOENT' : 'ECONNREFUSED';
    return listener ?? 'ECONNREFUSED';
  }
  /** Whether a socket is there, with a listener or without: open(2) does not open it. */
  isSocket(path) {
    const { files } = this.host;
    const node = files === null ? null : nodeOf(files, path);
    return node !== null && this.sockets.has(node);
  }
  /** Puts what is there already into a volume that is used from now on. */
  showIn(files) {
    for (const [path, listener] of this.entries) {
      if (this.placed.has(path)) continue;
      files.mkdirSync(parentOf(path), { recursive: true });
      this.place(path, listener, files);
    }
  }
  /** @internal Its state as text, for merging equal states. */
  stateText() {
    let text = '';
    for (const [path, listener] of this.entries) {
      text += `${path}${listener === null ? '!' : ''} `;
      const { files } = this.host;
      if (listener === null || files === null) continue;
      const node = nodeOf(files, path);
      if (node === null || this.sockets.get(node) !== listener) text += 'moved ';
    }
    return text;
  }
  place(path, listener, files) {
    files.writeFileSync(path, '', { mode: 0o755 });
    if (listener !== null) this.sockets.set(nodeOf(files, path), listener);
  }
}
function isTooLong(path) {
  return path.length > PATH_BYTES_MAX || new TextEncoder().encode(path).length > PATH_BYTES_MAX;
}
/** `/run/a.sock` for `/run//./a.sock`: what names one entry is one path. */
function plainPath(path) {
  return path.includes('//') || path.includes('/./') ? path.replace(/\/(\.?\/)+/g, '/') : path;
}
function parentOf(path) {
  const end = path.lastIndexOf('/');
  return end < 0 ? '.' : path.slice(0, Math.max(1, end));
}
/** What is at `path`, the same as long as it is, whatever its name. */
function nodeOf(files, path) {
  return files._core.getResolvedLink(path)?.getNode() ?? null;
}
function modeOf(files, path) {
  try {
    return Number(files.statSync(path).mode);
  } catch {
    return null;
  }
}
function whyMissing(files, path) {
  for (let parent = parentOf(path); parent.length > 1; parent = parentOf(parent)) {
    if (modeOf(files, parent) !== null) return files.statSync(parent).isDirectory() ? 'ENOENT' : 'ENOTDIR';
  }
  return 'ENOENT';
}
