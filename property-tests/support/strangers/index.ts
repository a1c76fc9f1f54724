import { barrier } from './barrier.ts';
import { coalescingCache } from './coalescing-cache.ts';
import { handshakingProxy } from './handshaking-proxy.ts';
import { leader } from './leader.ts';
import { pool } from './pool.ts';
import { rememberedPayments } from './remembered-payments.ts';
import { resume } from './resume.ts';
import type { Stranger } from './text-channel.ts';

/** Services of other kinds than the shipped ones, written from the documentation alone; each has a twin that is right. */
export const STRANGERS: readonly Stranger[] = [
  pool,
  resume,
  coalescingCache,
  handshakingProxy,
  barrier,
  leader,
  rememberedPayments,
];
