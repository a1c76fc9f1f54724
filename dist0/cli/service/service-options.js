import { flag, option, repeated } from '../arguments/options.js';
import { count, duration, forwardPair, host, oneOf, port, size, text, weather } from '../arguments/values.js';

const CONFIG = {
  config: option('--config <file>', 'read options from a JSON file; those given here win', text),
};
const LIMITS = {
  maxConnections: option(
    '--max-connections <n>',
    'connections served at once (default: what the descriptor limit allows)',
    count(1),
  ),
  maxHeld: option('--max-held <n>', 'further ones held, accepted and unread; the rest is reset', count(0), 0),
  maxPerAddress: option('--max-per-address <n>', 'connections of one client address', count(1)),
  idleTimeout: option(
    '--idle-timeout <time>',
    'reset a connection on which nothing moves for so long',
    duration,
  ),
  highWaterMark: option(
    '--high-water-mark <size>',
    'stop reading while more than this waits to be sent',
    size,
    0,
  ),
  lowWaterMark: option('--low-water-mark <size>', 'read on once no more than this waits', size, 0),
};
const OPERATION = {
  drainDeadline: option(
    '--drain-deadline <time>',
    'after SIGINT, SIGTERM or SIGHUP, let connections finish for so long (default: 10s)',
    duration,
    10_000,
  ),
  shutdownDelay: option(
    '--shutdown-delay <time>',
    'before that, go on accepting for so long while /ready says no (default: 0s)',
    duration,
    0,
  ),
  workers: option('--workers <n>', 'processes that share the work', count(1, 1024), 1),
  admin: option(
    '--admin <[host:]port>',
    'serve /health, /ready and /metrics there, on loopback by default',
    text,
  ),
  logFormat: option(
    '--log-format <format>',
    'auto (lines on a terminal, else JSON), json or human',
    oneOf('auto', 'json', 'human'),
    'auto',
  ),
  quiet: flag('-q, --quiet', 'log trouble only, not each connection'),
};
const FLAKINESS = {
  weather: option(
    '--weather <w>',
    'be flaky: calm, breeze, storm, or rates such as split=0.5,reset=0.01',
    weather,
  ),
  seed: option('--seed <x>', 'for --weather: a number, or any text such as a git hash', text, '1'),
};
/** What every service of the command line takes. */
export const SERVICE_OPTIONS = { ...LIMITS, ...OPERATION, ...FLAKINESS, ...CONFIG };
export const ECHO_OPTIONS = {
  host: option('--host <address>', 'address to listen on', host, '127.0.0.1'),
  port: option('-p, --port <port>', 'port to listen on; 0 takes a free one', port, 7007),
  path: option('--path <path>', 'listen on this Unix-domain socket instead', text),
  discard: flag('--discard', 'read everything, send nothing back'),
  source: option('--source <size>', 'send so many bytes to each client, drop what it sends', size),
  ...SERVICE_OPTIONS,
};
export const FORWARD_OPTIONS = {
  localIp: option('-l, --local-ip <address>', 'address to listen on', text, '127.0.0.1'),
  localPort: option('-p, --local-port <port>', 'port to listen on; 0 takes a free one', port, 80),
  remoteIp: option('-r, --remote-ip <address>', 'address or name to forward to', text),
  remotePort: option('-P, --remote-port <port>', 'port to forward to', port, 80),
  forward: repeated(
    '--forward <local=remote>',
    'one more forward: [HOST:]PORT or unix:PATH on either side; may be repeated',
    forwardPair,
  ),
  connectTimeout: option(
    '--connect-timeout <time>',
    'give a remote up that does not answer for so long (default: 10s)',
    duration,
    10_000,
  ),
  ...SERVICE_OPTIONS,
};
