import type { Host } from '../host.ts';
import type { SimListener } from './listener.ts';
export declare class SocketPaths {
  private readonly host;
  /** Null for a path whose listener has died. */
  private readonly entries;
  /** By the file that a listener has bound, whatever its name is by now. */
  private readonly sockets;
  /** Paths that a file system elsewhere shows, and answers for. */
  private readonly placed;
  constructor(host: Host);
  /** Node's code of what forbids to listen on `path`, or null. */
  whyNotListen(given: string, isPlaced: boolean): string | null;
  /** A listener has bound `path`. */
  add(given: string, listener: SimListener, isPlaced: boolean): void;
  /** A listener has closed: libuv unlinks the path, whoever has it by now (uv_pipe_close). */
  remove(given: string): void;
  /** A listener has died: its path stays, and refuses. */
  leave(listener: SimListener, given: string): void;
  /** Who listens on `path`, or Node's code of why a connection fails. */
  find(given: string): SimListener | string;
  /** Whether a socket is there, with a listener or without: open(2) does not open it. */
  isSocket(path: string): boolean;
  /** Puts what is there already into a volume that is used from now on. */
  showIn(files: SocketFiles): void;
  /** @internal Its state as text, for merging equal states. */
  stateText(): string;
  private place;
}
/** The part of a volume that this needs. */
interface SocketFiles {
  statSync(path: string): {
    readonly mode: number;
    isDirectory(): boolean;
  };
  writeFileSync(
    path: string,
    data: string,
    options: {
      mode: number;
    },
  ): void;
  mkdirSync(
    path: string,
    options: {
      recursive: true;
    },
  ): unknown;
  readonly _core: {
    getResolvedLink(path: string): {
      getNode(): object;
    } | null;
  };
}
