// Puts the simulation under Node's own modules for the length of one test, and takes it out again completely.

import { AsyncLocalStorage } from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';
import nodeNet from 'node:net';
import { checkMethod, checkOptions } from '../../core/arguments.ts';
import {
  contextOf,
  type NetHost,
  type NetModule,
  type NetOptions,
  type OpenHandle,
} from '../../net/index.ts';
import type { Host, Simulation } from '../../sim/index.ts';
import { active, type PendingTimer, type TimeLine } from './active.ts';
import { checkInstallOptions } from './check-options.ts';
import type { DatagramWorld } from './datagrams/handle.ts';
import { DatagramNetwork } from './datagrams/network.ts';
import { patchDatagrams } from './datagrams/sockets.ts';
import { callSite, captureStack, ProgramError } from './errors.ts';
import { facade } from './facade.ts';
import { isSecureLoaded, whenSecureLoads } from './patches/late-secure.ts';
import { NativeReads } from './patches/native-reads.ts';
import { http } from './patches/node-http.ts';
import { patchEntropy } from './patches/patch-entropy.ts';
import { patchHttp } from './patches/patch-http.ts';
import { patchHttpServer } from './patches/patch-http-server.ts';
import { patchLookupCopies } from './patches/patch-lookup-copies.ts';
import { patchMachine } from './patches/patch-machine.ts';
import { patchNames } from './patches/patch-names.ts';
import { patchNet } from './patches/patch-net.ts';
import { patchPerformance } from './patches/patch-performance.ts';
import { loadSecure, patchSecure } from './patches/patch-secure.ts';
import { patchTime } from './patches/patch-time.ts';
import { patchWebAssembly } from './patches/patch-web-assembly.ts';
import { patchWebCrypto } from './patches/patch-web-crypto.ts';
import { Patches } from './patches/patches.ts';
import { Readings } from './readings.ts';
import { hashBytes, noteSends, type Sent } from './wire.ts';

export interface InstallOptions {
  /** The host on which code runs unless `host.run` says otherwise. Default `app`. */
  readonly host?: string;
  /** What Date reads at virtual time 0. Default: 2026-01-01T00:00:00Z, so that two runs read the same. */
  readonly startMs?: number;
  /** The file system in which Unix-domain sockets appear as files: `node:fs`, or a host's volume. Default: none. */
  readonly files?: NetOptions['files'];
  /** Seeds Math.random and node:crypto's random functions. Default 1; false leaves them real. */
  readonly entropySeed?: number | false;
  /** @internal The test that it is for, where a runner's own code calls. */
  readonly title?: string;
  /** Whether to note everything that is sent, for comparing runs. Default false. */
  readonly notesSends?: boolean;
}

/** 2026-01-01T00:00:00Z. */
const DEFAULT_START_MS = 1_767_225_600_000;

/** What `performance.now()` reads at virtual time 0: a process that has just started. */
const UPTIME_MS = 1000;

/** A simulation under Node's own modules. */
export interface Installation {
  readonly sim: Simulation;
  /** The façade that node:net is at present. */
  readonly net: NetModule;
  /** Everything sent so far, in order, if `notesSends` was asked for. */
  readonly sent: readonly Sent[];
  /** Calls of things outside the simulation that were refused. */
  readonly escapes: readonly string[];
  /** Sockets and servers that are open. */
  openHandles(): OpenHandle[];
  /** Timers that are set. */
  pendingTimers(): PendingTimer[];
  /** What would keep a process alive: sockets, servers and timers, a line each, with where they were made. */
  describeOpen(): string[];
  /** @internal Whether the code that is running was called by what `Host.run` has run, or by what came of it. */
  isProgram(): boolean;
  /** Closes what is open, by reset, and takes timers off the line; those that nobody waits for, and that are soon due, fire first. */
  disposeAll(): void;
  /** Takes it out. Idempotent. */
  remove(): void;
}

/**
 * Has node:net, dns, timers and Date, and with them http, https, http2, tls, fetch and every library, live on `sim`
 * until `remove()`. Throws ERR_INSTALLED if something is installed already.
 */
export function install(sim: Simulation, options: InstallOptions = {}): Installation {
  checkMethod('sim', sim, sim?.host, 'a Simulation');
  checkOptions('options', options);
  loadSecure();
  return begin(sim, options, install);
}

/** @internal As `install`, for a process that begins: tls, https and http2 are not loaded before the program loads them. */
export function installAtStart(sim: Simulation, options: InstallOptions): Installation {
  return begin(sim, options, installAtStart);
}

function begin(
  sim: Simulation,
  options: InstallOptions,
  caller: (...args: never[]) => unknown,
): Installation {
  checkInstallOptions(options);
  active.evict?.();
  if (active.installedAt !== null) {
    throw new ProgramError(
      'ERR_INSTALLED',
      `a simulation is installed already, ${active.installedAt}: Node's modules are one for all tests of a process. Await what runs, or remove() it, first. If its test is over because the runner's time-out has struck, hand runs the test's signal, or call abandon() in an afterEach`,
    );
  }
  const installed = new Installed(sim, options);
  const { title } = options;
  active.installedAt = title === undefined ? callSite(captureStack(caller)) : `for "${title}"`;
  active.installation = installed;
  try {
    installed.patch(options);
  } catch (error) {
    installed.remove();
    throw error;
  }
  return installed;
}

/** The host of code that is in no `Host.run`. */
export const DEFAULT_HOST = 'app';

/**
 * The host whose code is running. One for all installations: before Node 24 each storage puts a property of its own on every promise,
 * callback and handle, and what the compiler has learned of their shapes would be worth nothing for the next installation.
 */
const running = new AsyncLocalStorage<Host>();

class Installed implements Installation, TimeLine {
  readonly sim: Simulation;
  readonly net: NetModule = facade;
  readonly datagrams: DatagramWorld;
  readonly sent: Sent[] = [];
  readonly escapes: string[] = [];
  readonly pending = new Set<PendingTimer>();
  timers = 0;
  private readonly patches = new Patches();
  private readonly defaultHost: Host;
  private readonly netHosts = new Map<Host, NetHost>();
  private readonly notesSends: boolean;
  private readonly startMs: number;
  private readonly readings: Readings;
  private takenTimer: () => string | null = () => null;
  private isRemoved = false;

  constructor(sim: Simulation, options: InstallOptions) {
    this.sim = sim;
    this.readings = new Readings(sim.network.schedule);
    this.startMs = options.startMs ?? DEFAULT_START_MS;
    this.notesSends = options.notesSends ?? false;
    this.defaultHost = sim.host(options.host ?? DEFAULT_HOST);
    contextOf(facade).renew(options.files);
    this.datagrams = {
      network: new DatagramNetwork(),
      context: contextOf(facade),
      host: () => this.currentHost(),
      onEscape: (site) => this.escapes.push(site),
    };
  }

  patch(options: InstallOptions): void {
    const { patches, sim, net } = this;
    const reads = new NativeReads();
    patches.onUndo(() => running.disable());
    patches.put(sim.network, 'enter', (host: Host, body: () => unknown) => running.run(host, body));
    patches.put(sim.network, 'onCrash', (host: Host) => this.forget(host));
    this.takenTimer = patchTime(patches, UPTIME_MS, this.startMs);
    const genuine = nodeNet.Socket;
    patchNet(patches, net);
    patchDatagrams(patches);
    patchNames(patches, contextOf(net));
    patchMachine(patches, () => this.currentHost());
    patchLookupCopies(patches, contextOf(net).lookup);
    patchHttp(patches);
    const nowMs = (): number => sim.nowMs;
    patchHttpServer(patches, { prototype: http.Server.prototype, connected: 'connection' }, reads, nowMs);
    if (isSecureLoaded()) patchSecure(patches, net, reads, nowMs);
    else
      whenSecureLoads(patches, genuine, () => {
        patchSecure(patches, net, reads, nowMs);
        syncBuiltinESMExports();
      });
    patchPerformance(patches, net);
    patchWebAssembly(patches);
    patchWebCrypto(patches);
    const seed = options.entropySeed ?? 1;
    if (seed !== false) patchEntropy(patches, seed);
    active.line = this;
    syncBuiltinESMExports();
  }

  clock(): Host['clock'] {
    return this.currentHost().clock;
  }

  dateMs(): number {
    this.readings.note();
    return Math.floor(this.startMs + this.clock().now());
  }

  uptimeMs(): number {
    this.readings.note();
    return UPTIME_MS + this.sim.nowMs;
  }

  expectTimers(): void {
    const name = this.takenTimer();
    if (name === null) return;
    throw new ProgramError(
      'ERR_TIMERS_REPLACED',
      `the simulation's ${name} has been taken away: fake timers that were on before the installation were turned off inside, or vi.setSystemTime() was undone. Do that before it, or after it; the option startMs says what Date reads`,
    );
  }

  openHandles(): OpenHandle[] {
    return [...contextOf(this.net).openHandles];
  }

  pendingTimers(): PendingTimer[] {
    return [...this.pending];
  }

  describeOpen(): string[] {
    return [
      ...this.openHandles()
        .filter((handle) => handle.keepsAlive)
        .map((handle) => `${handle.describe()}, made ${callSite(handle.origin)}`),
      ...this.pendingTimers()
        .filter((timer) => timer.hasRef())
        .map((timer) => timer.describe()),
    ];
  }

  disposeAll(): void {
    for (const handle of this.openHandles()) handle.dispose();
    // A library starts its own clock again only once that has told it that nothing is left to wait for (undici's fast timers).
    for (const timer of this.pendingTimers())
      if (timer.isHousekeeping) timer.hurry();
      else timer.suspend();
  }

  /** A machine has crashed: what its programs had open is gone, and nobody can close it any more. */
  private forget(host: Host): void {
    const { clock } = host;
    const { openHandles } = contextOf(this.net);
    this.datagrams.network.forget(host);
    for (const handle of openHandles) if (handle.clock === clock) openHandles.delete(handle);
    for (const timer of this.pendingTimers()) if (timer.clock === clock) timer.suspend();
  }

  remove(): void {
    if (this.isRemoved) return;
    this.isRemoved = true;
    active.line = null;
    active.installedAt = null;
    active.installation = null;
    this.patches.undo();
    syncBuiltinESMExports();
  }

  private currentHost(): Host {
    const host = running.getStore();
    // What an earlier test has left behind is on a host of its own simulation.
    return host?.network === this.sim.network ? host : this.defaultHost;
  }

  isProgram(): boolean {
    return running.getStore()?.network === this.sim.network;
  }

  netHost(): NetHost {
    const host = this.currentHost();
    let found = this.netHosts.get(host);
    if (found === undefined) {
      found = { name: host.name, clock: host.clock, transport: this.transportOf(host) };
      this.netHosts.set(host, found);
    }
    return found;
  }

  private transportOf(host: Host): NetHost['transport'] {
    if (!this.notesSends) return host.transport;
    return noteSends(host.transport, (bytes) => {
      const { nowMs } = this.sim;
      this.sent.push({ atMs: nowMs, host: host.name, sizeBytes: bytes.length, hash: hashBytes(bytes) });
    });
  }
}
