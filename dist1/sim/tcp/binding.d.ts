import { type Address, type InternetAddress } from '../../core/address.ts';
import type { ListenOptions } from '../../core/transport.ts';
import type { Host } from '../host.ts';
import { SimListener } from './listener.ts';
/** Binds and listens; whether that worked is told from the event loop. */
export declare function openListener(host: Host, local: Address, options: ListenOptions): SimListener;
/** The host that this name or address means on `host`, or null. */
export declare function resolveHost(host: Host, name: string): Host | null;
/** The code of what forbids a connection to come from `local`, or null. */
export declare function whyNotBind(host: Host, local: InternetAddress): string | null;
