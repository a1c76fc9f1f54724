import { type ValuesOf } from '../arguments/options.ts';
/** What every service of the command line takes. */
export declare const SERVICE_OPTIONS: {
  config: import('../arguments/options.ts').OptionSpec<string | undefined>;
  maxConnections: import('../arguments/options.ts').OptionSpec<number | undefined>;
  maxHeld: import('../arguments/options.ts').OptionSpec<number>;
  maxPerAddress: import('../arguments/options.ts').OptionSpec<number | undefined>;
  idleTimeout: import('../arguments/options.ts').OptionSpec<number | undefined>;
  highWaterMark: import('../arguments/options.ts').OptionSpec<number>;
  lowWaterMark: import('../arguments/options.ts').OptionSpec<number>;
  drainDeadline: import('../arguments/options.ts').OptionSpec<number>;
  shutdownDelay: import('../arguments/options.ts').OptionSpec<number>;
  workers: import('../arguments/options.ts').OptionSpec<number>;
  admin: import('../arguments/options.ts').OptionSpec<string | undefined>;
  logFormat: import('../arguments/options.ts').OptionSpec<'auto' | 'human' | 'json'>;
  quiet: import('../arguments/options.ts').OptionSpec<boolean>;
  weather: import('../arguments/options.ts').OptionSpec<
    Partial<Record<import('../../index.ts').FaultFamily, number>> | undefined
  >;
  seed: import('../arguments/options.ts').OptionSpec<string>;
};
export type ServiceValues = ValuesOf<typeof SERVICE_OPTIONS>;
export declare const ECHO_OPTIONS: {
  config: import('../arguments/options.ts').OptionSpec<string | undefined>;
  maxConnections: import('../arguments/options.ts').OptionSpec<number | undefined>;
  maxHeld: import('../arguments/options.ts').OptionSpec<number>;
  maxPerAddress: import('../arguments/options.ts').OptionSpec<number | undefined>;
  idleTimeout: import('../arguments/options.ts').OptionSpec<number | undefined>;
  highWaterMark: import('../arguments/options.ts').OptionSpec<number>;
  lowWaterMark: import('../arguments/options.ts').OptionSpec<number>;
  drainDeadline: import('../arguments/options.ts').OptionSpec<number>;
  shutdownDelay: import('../arguments/options.ts').OptionSpec<number>;
  workers: import('../arguments/options.ts').OptionSpec<number>;
  admin: import('../arguments/options.ts').OptionSpec<string | undefined>;
  logFormat: import('../arguments/options.ts').OptionSpec<'auto' | 'human' | 'json'>;
  quiet: import('../arguments/options.ts').OptionSpec<boolean>;
  weather: import('../arguments/options.ts').OptionSpec<
    Partial<Record<import('../../index.ts').FaultFamily, number>> | undefined
  >;
  seed: import('../arguments/options.ts').OptionSpec<string>;
  host: import('../arguments/options.ts').OptionSpec<string>;
  port: import('../arguments/options.ts').OptionSpec<number>;
  path: import('../arguments/options.ts').OptionSpec<string | undefined>;
  discard: import('../arguments/options.ts').OptionSpec<boolean>;
  source: import('../arguments/options.ts').OptionSpec<number | undefined>;
};
export declare const FORWARD_OPTIONS: {
  config: import('../arguments/options.ts').OptionSpec<string | undefined>;
  maxConnections: import('../arguments/options.ts').OptionSpec<number | undefined>;
  maxHeld: import('../arguments/options.ts').OptionSpec<number>;
  maxPerAddress: import('../arguments/options.ts').OptionSpec<number | undefined>;
  idleTimeout: import('../arguments/options.ts').OptionSpec<number | undefined>;
  highWaterMark: import('../arguments/options.ts').OptionSpec<number>;
  lowWaterMark: import('../arguments/options.ts').OptionSpec<number>;
  drainDeadline: import('../arguments/options.ts').OptionSpec<number>;
  shutdownDelay: import('../arguments/options.ts').OptionSpec<number>;
  workers: import('../arguments/options.ts').OptionSpec<number>;
  admin: import('../arguments/options.ts').OptionSpec<string | undefined>;
  logFormat: import('../arguments/options.ts').OptionSpec<'auto' | 'human' | 'json'>;
  quiet: import('../arguments/options.ts').OptionSpec<boolean>;
  weather: import('../arguments/options.ts').OptionSpec<
    Partial<Record<import('../../index.ts').FaultFamily, number>> | undefined
  >;
  seed: import('../arguments/options.ts').OptionSpec<string>;
  localIp: import('../arguments/options.ts').OptionSpec<string>;
  localPort: import('../arguments/options.ts').OptionSpec<number>;
  remoteIp: import('../arguments/options.ts').OptionSpec<string | undefined>;
  remotePort: import('../arguments/options.ts').OptionSpec<number>;
  forward: import('../arguments/options.ts').OptionSpec<
    readonly import('../arguments/values.ts').ForwardPair[]
  >;
  connectTimeout: import('../arguments/options.ts').OptionSpec<number>;
};
