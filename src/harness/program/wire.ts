// What a program has sent, as a list: two runs of one schedule are the same run if their lists are equal.
import type { Endpoint, Listener, Transport } from '../../core/index.ts';

/** One send that the transport took. */
export interface Sent {
  readonly atMs: number;
  readonly host: string;
  readonly sizeBytes: number;
  /** FNV-1a of the bytes. */
  readonly hash: number;
}

/** A transport that notes what is sent through it. */
export function noteSends(transport: Transport, note: (bytes: Uint8Array) => void): Transport {
  const watch = (endpoint: Endpoint): Endpoint => {
    const send = endpoint.send.bind(endpoint);
    endpoint.send = (data) => {
      const count = send(data);
      if (count > 0) note(data.subarray(0, count));
      return count;
    };
    return endpoint;
  };
  const watchListener = (listener: Listener): Listener => {
    const accept = listener.accept.bind(listener);
    listener.accept = () => {
      const accepted = accept();
      if (accepted !== null) watch(accepted.endpoint);
      return accepted;
    };
    return listener;
  };
  return {
    connect: (remote, options) => watch(transport.connect(remote, options)),
    listen: (local, options) => watchListener(transport.listen(local, options)),
    openFile: (file, options) => transport.openFile(file, options),
    resolve: transport.resolve?.bind(transport),
  };
}

/** FNV-1a, 32 bits (Fowler, Noll, Vo). */
export function hashBytes(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < bytes.length; index += 1) hash = Math.imul(hash ^ bytes[index], 0x01000193);
  return hash >>> 0;
}
