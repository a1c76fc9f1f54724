// The shipped forwarder service. `all` switches on every limit and time-out; `public` keeps to public API alone.
import { Reactor } from '../../../dist/core/index.js';
import { RealDriver, RealTransport, systemClock } from '../../../dist/real/index.js';
import { ForwardServer } from '../../../dist/services/index.js';

const [localPort, remotePort] = process.argv.slice(2).map(Number);
const modes = process.argv.slice(4);
const driver = new RealDriver();
const transport = new RealTransport({ driver, usesHandles: !modes.includes('public') });
const reactor = new Reactor({ transport, driver, clock: systemClock });
const limits = modes.includes('all')
  ? {
      maxConnections: 20_000,
      maxHeld: 100,
      maxPerAddress: 20_000,
      idleTimeoutMs: 600_000,
      connectTimeoutMs: 10_000,
      onConnection: () => {},
      onConnectionEnd: () => {},
    }
  : {};
new ForwardServer(
  reactor,
  { local: { host: '127.0.0.1', port: localPort }, remote: { host: '127.0.0.1', port: remotePort } },
  { ...limits, onListening: () => console.log('ready') },
);
await reactor.loop();
