import { Reactor } from '../core/reactor.js';
import { RealDriver } from './driver.js';
import { RealTransport } from './real-transport.js';
import { systemClock } from './system-clock.js';
/** A reactor over this machine's sockets, files and clock. Its handlers are called while `loop()` runs. */
export function createRealReactor(options = {}) {
  const driver = new RealDriver();
  const real = new RealTransport({ driver });
  const transport = options.wrap === undefined ? real : options.wrap(real);
  return new Reactor({ ...options, driver, transport, clock: systemClock });
}
