// tls, https and http2, which stand on TLS and are loaded together.
import type net from 'node:net';
import type { NetModule } from '../../../net/index.ts';
import { http2Internals } from './http2-internals.ts';
import type { NativeReads } from './native-reads.ts';
import { secureModules } from './node-http.ts';
import { patchAdaptor } from './patch-adaptor.ts';
import { patchAgent } from './patch-http.ts';
import { patchHttpServer } from './patch-http-server.ts';
import { patchHttp2 } from './patch-http2.ts';
import { patchTls } from './patch-tls.ts';
import type { Patches } from './patches.ts';

/** Has what stands on TLS make its sockets with `facade`, and keep virtual time. */
export function patchSecure(
  patches: Patches,
  facade: NetModule,
  reads: NativeReads,
  nowMs: () => number,
): void {
  const { https } = secureModules();
  const Facade = Object.getPrototypeOf(facade.Socket) as new () => net.Socket;
  patchAdaptor(patches, Facade, reads);
  patchTls(patches, facade, Facade);
  patchHttp2(patches, Facade);
  patchAgent(patches, https);
  patchHttpServer(
    patches,
    { prototype: https.Server.prototype, connected: 'secureConnection' },
    reads,
    nowMs,
  );
}

/** Loads them, before anything is replaced. */
export function loadSecure(): void {
  secureModules();
  http2Internals();
}
