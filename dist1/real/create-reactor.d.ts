import { Reactor, type ReactorOptions } from '../core/reactor.ts';
import type { Transport } from '../core/transport.ts';
export interface RealReactorOptions extends Omit<ReactorOptions, 'transport' | 'clock' | 'driver'> {
  /** What stands between programs and the sockets: given the real transport, it returns the one that they get. */
  readonly wrap?: (transport: Transport) => Transport;
}
/** A reactor over this machine's sockets, files and clock. Its handlers are called while `loop()` runs. */
export declare function createRealReactor(options?: RealReactorOptions): Reactor;
