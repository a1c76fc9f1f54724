import type { Channel } from '../core/channel.ts';
import type { Reactor } from '../core/reactor.ts';
import type { Host } from './host.ts';
import type { Network } from './network.ts';
/** Whether every channel of these hosts can tell its program's state. */
export declare function haveFingerprints(hosts: readonly Host[]): boolean;
/** Everything but the programs' own state. */
export declare function fingerprintNetwork(network: Network, hosts: readonly Host[]): string;
/** The connection's name and the end, or the listener's address. */
export declare function channelName(channel: Channel): string;
export declare function channelText(channel: Channel): string;
/** Whether every listener of this reactor declares that its connections do not touch each other. */
export declare function declaresIndependence(reactor: Reactor): boolean;
