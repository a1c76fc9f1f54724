import type { PathAccess } from './socket-files.ts';
/** Where to listen. */
export interface ListenForm {
  readonly kind: 'internet' | 'path' | 'fd';
  readonly port: number;
  /** A name or an address; undefined for every address of the machine. */
  readonly host?: string;
  readonly path?: string;
  readonly backlog?: number;
  readonly ipv6Only?: boolean;
  /** For a path. */
  readonly access?: PathAccess;
}
export interface ListenArguments {
  readonly form: ListenForm;
  readonly callback: ((...values: unknown[]) => void) | null;
  readonly signal: AbortSignal | undefined;
}
/** Throws what Node throws on arguments that name no place to listen. */
export declare function parseListen(args: readonly unknown[]): ListenArguments;
