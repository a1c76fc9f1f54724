/** The part of `node:fs` that this needs; a memfs volume has it, too. */
export interface SocketFileSystem {
  existsSync(path: string): boolean;
  writeFileSync(
    path: string,
    data: string,
    options: {
      flag: string;
      mode: number;
    },
  ): void;
  chmodSync(path: string, mode: number): void;
  unlinkSync(path: string): void;
}
/** Who may connect besides the owner; options of `server.listen`. */
export interface PathAccess {
  readonly readableAll?: boolean;
  readonly writableAll?: boolean;
}
/** Puts a file where a server is about to listen. Returns the code of what forbids it, or null. */
export declare function placeSocketFile(
  files: SocketFileSystem,
  path: string,
  access: PathAccess,
): string | null;
/** Takes the file away again; the program may have done so itself. */
export declare function removeSocketFile(files: SocketFileSystem, path: string): void;
/** What a connect to a path without a listener meets: a file that is no live socket refuses. */
export declare function refusalOf(files: SocketFileSystem, path: string): string;
