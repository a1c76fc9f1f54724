import { Reactor, type ReactorOptions } from '../core/reactor.ts';
import { RealDriver } from './driver.ts';
import { RealTransport } from './real-transport.ts';
import { systemClock } from './system-clock.ts';

export type RealReactorOptions = Omit<ReactorOptions, 'transport' | 'clock' | 'driver'>;

/** A reactor over this machine's sockets, files and clock. Its handlers are called while `loop()` runs. */
export function createRealReactor(options: RealReactorOptions = {}): Reactor {
  const driver = new RealDriver();
  return new Reactor({ ...options, driver, transport: new RealTransport({ driver }), clock: systemClock });
}
