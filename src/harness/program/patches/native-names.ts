/** What node:dns asks with: functions of Node's own, which no copy of a function of node:dns hides. */
export interface NativeNames {
  getaddrinfo(request: NativeLookup, hostname: string, family: number, ...rest: unknown[]): number;
  readonly ChannelWrap?: { readonly prototype: Record<string, unknown> };
}

/** What `dns.lookup` makes of a question: it is told the number of an error, or addresses. */
export interface NativeLookup {
  oncomplete(error: number | null, addresses?: string[]): void;
}

/** Null where Node does not let go of them: under `--permission`, and perhaps in a later version. */
export function nativeNames(): NativeNames | null {
  const { binding } = process as unknown as { binding?(name: string): unknown };
  try {
    const names = binding?.call(process, 'cares_wrap') as Partial<NativeNames> | undefined;
    return typeof names?.getaddrinfo === 'function' ? (names as NativeNames) : null;
  } catch {
    return null;
  }
}
