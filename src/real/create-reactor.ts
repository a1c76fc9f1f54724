import { checkFunction, checkOptions } from '../core/arguments.ts';
import { Reactor, type ReactorOptions } from '../core/reactor.ts';
import type { Transport } from '../core/transport.ts';
import { RealDriver } from './driver.ts';
import { RealTransport } from './real-transport.ts';
import { systemClock } from './system-clock.ts';

export interface RealReactorOptions extends Omit<ReactorOptions, 'transport' | 'clock' | 'driver'> {
  /** What stands between programs and the sockets: given the real transport, it returns the one that they get. */
  readonly wrap?: (transport: Transport) => Transport;
}

/** A reactor over this machine's sockets, files and clock. Its handlers are called while `loop()` runs. */
export function createRealReactor(options: RealReactorOptions = {}): Reactor {
  checkOptions('options', options);
  if (options.wrap !== undefined) checkFunction('wrap', options.wrap);
  const driver = new RealDriver();
  const real = new RealTransport({ driver });
  const transport = options.wrap === undefined ? real : options.wrap(real);
  return new Reactor({ ...options, driver, transport, clock: systemClock });
}
