// Puts the simulation under Node's own modules for the length of one test, and takes it out again completely.
import { AsyncLocalStorage } from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';
import { contextOf } from '../../net/index.js';
import { active } from './active.js';
import { checkInstallOptions } from './check-options.js';
import { DatagramNetwork } from './datagrams/network.js';
import { DatagramSocket } from './datagrams/socket.js';
import { callSite, captureStack, ProgramError } from './errors.js';
import { facade } from './facade.js';
import { patchEntropy } from './patches/patch-entropy.js';
import { patchHttp } from './patches/patch-http.js';
import { patchHttpServer } from './patches/patch-http-server.js';
import { patchHttp2 } from './patches/patch-http2.js';
import { patchLookupCopies } from './patches/patch-lookup-copies.js';
import { patchMachine } from './patches/patch-machine.js';
import { patchNames } from './patches/patch-names.js';
import { patchNet } from './patches/patch-net.js';
import { patchOutside } from './patches/patch-outside.js';
import { patchPerformance } from './patches/patch-performance.js';
import { patchTime } from './patches/patch-time.js';
import { patchWebAssembly } from './patches/patch-web-assembly.js';
import { patchWebCrypto } from './patches/patch-web-crypto.js';
import { Patches } from './patches/patches.js';
import { hashBytes, noteSends } from './wire.js';

/** 2026-01-01T00:00:00Z. */
const DEFAULT_START_MS = 1_767_225_600_000;
/** What `performance.now()` reads at virtual time 0: a process that has just started. */
const UPTIME_MS = 1000;
/**
 * Has node:net, dns, timers and Date, and with them http, https, http2, tls, fetch and every library, live on `sim`
 * until `remove()`. Throws ERR_INSTALLED if something is installed already.
 */
export function install(sim, options = {}) {
  checkInstallOptions(options);
  active.evict?.();
  if (active.installedAt !== null) {
    throw new ProgramError(
      'ERR_INSTALLED',
      `a simulation is installed already, ${active.installedAt}: Node's modules are one for all tests of a process. Await what runs, or remove() it, first. If its test is over because the runner's time-out has struck, hand runs the test's signal, or call abandon() in an afterEach`,
    );
  }
  const installed = new Installed(sim, options);
  active.installedAt = callSite(captureStack(install));
  active.installation = installed;
  try {
    installed.patch(options);
  } catch (error) {
    installed.remove();
    throw error;
  }
  return installed;
}
class Installed {
  constructor(sim, options) {
    this.net = facade;
    this.sent = [];
    this.escapes = [];
    this.pending = new Set();
    this.timers = 0;
    this.patches = new Patches();
    this.running = new AsyncLocalStorage();
    this.netHosts = new Map();
    this.takenTimer = () => null;
    this.isRemoved = false;
    this.sim = sim;
    this.startMs = options.startMs ?? DEFAULT_START_MS;
    this.notesSends = options.notesSends ?? false;
    this.defaultHost = sim.host(options.host ?? 'app');
    contextOf(facade).renew(options.files);
    this.datagrams = {
      network: new DatagramNetwork(),
      context: contextOf(facade),
      host: () => this.currentHost(),
      onEscape: (site) => this.escapes.push(site),
    };
  }
  patch(options) {
    const { patches, sim, net } = this;
    patches.onUndo(() => this.running.disable());
    patches.set(sim.network, 'enter', (host, body) => this.running.run(host, body));
    patches.set(sim.network, 'onCrash', (host) => this.forget(host));
    this.takenTimer = patchTime(patches, UPTIME_MS, this.startMs);
    patchNet(patches, net);
    patchOutside(patches);
    patchNames(patches, contextOf(net), DatagramSocket);
    patchMachine(patches, () => this.currentHost());
    patchLookupCopies(patches, contextOf(net).lookup);
    patchHttp(patches);
    patchHttpServer(patches, () => sim.nowMs);
    patchHttp2(patches);
    patchPerformance(patches, net);
    patchWebAssembly(patches);
    patchWebCrypto(patches);
    const seed = options.entropySeed ?? 1;
    if (seed !== false) patchEntropy(patches, seed);
    active.line = this;
    syncBuiltinESMExports();
  }
  clock() {
    return this.currentHost().clock;
  }
  dateMs() {
    return Math.floor(this.startMs + this.sim.nowMs);
  }
  uptimeMs() {
    return UPTIME_MS + this.sim.nowMs;
  }
  expectTimers() {
    const name = this.takenTimer();
    if (name === null) return;
    throw new ProgramError(
      'ERR_TIMERS_REPLACED',
      `the simulation's ${name} has been taken away: fake timers that were on before the installation were turned off inside. Turn them off before it, or after it`,
    );
  }
  openHandles() {
    return [...contextOf(this.net).openHandles];
  }
  pendingTimers() {
    return [...this.pending];
  }
  describeOpen() {
    return [
      ...this.openHandles()
        .filter((handle) => handle.keepsAlive)
        .map((handle) => `${handle.describe()}, made ${callSite(handle.origin)}`),
      ...this.pendingTimers()
        .filter((timer) => timer.hasRef())
        .map((timer) => timer.describe()),
    ];
  }
  disposeAll() {
    for (const handle of this.openHandles()) handle.dispose();
    // A library starts its own clock again only once that has told it that nothing is left to wait for (undici's fast timers).
    for (const timer of this.pendingTimers())
      if (timer.isHousekeeping) timer.hurry();
      else timer.suspend();
  }
  /** A machine has crashed: what its programs had open is gone, and nobody can close it any more. */
  forget(host) {
    const { clock } = host;
    const { openHandles } = contextOf(this.net);
    this.datagrams.network.forget(host);
    for (const handle of openHandles) if (handle.clock === clock) openHandles.delete(handle);
    for (const timer of this.pendingTimers()) if (timer.clock === clock) timer.suspend();
  }
  remove() {
    if (this.isRemoved) return;
    this.isRemoved = true;
    active.line = null;
    active.installedAt = null;
    active.installation = null;
    this.patches.undo();
    syncBuiltinESMExports();
  }
  currentHost() {
    return this.running.getStore() ?? this.defaultHost;
  }
  netHost() {
    const host = this.currentHost();
    let found = this.netHosts.get(host);
    if (found === undefined) {
      found = { name: host.name, clock: host.clock, transport: this.transportOf(host) };
      this.netHosts.set(host, found);
    }
    return found;
  }
  transportOf(host) {
    if (!this.notesSends) return host.transport;
    return noteSends(host.transport, (bytes) => {
      const { nowMs } = this.sim;
      this.sent.push({ atMs: nowMs, host: host.name, sizeBytes: bytes.length, hash: hashBytes(bytes) });
    });
  }
}
