// Unix-domain sockets as files. A program looks for its socket's file, changes its mode, removes it; so where the
// program's file system is given, a listening path appears in it as an empty file, for as long as it listens.
import { dirname } from 'node:path';
/** Puts a file where a server is about to listen. Returns the code of what forbids it, or null. */
export function placeSocketFile(files, path, access) {
  // libuv reports a missing directory as EACCES, as on Windows (uv_pipe_bind).
  if (!files.existsSync(dirname(path))) return 'EACCES';
  const mode = 0o755 | (access.readableAll ? 0o044 : 0) | (access.writableAll ? 0o022 : 0);
  try {
    files.writeFileSync(path, '', { flag: 'wx', mode });
    files.chmodSync(path, mode);
    return null;
  } catch (error) {
    const { code } = error;
    return code === 'EEXIST' ? 'EADDRINUSE' : (code ?? 'EACCES');
  }
}
/** Takes the file away again; the program may have done so itself. */
export function removeSocketFile(files, path) {
  try {
    files.unlinkSync(path);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}
/** What a connect to a path without a listener meets: a file that is no live socket refuses. */
export function refusalOf(files, path) {
  return files.existsSync(path) ? 'ECONNREFUSED' : 'ENOENT';
}
