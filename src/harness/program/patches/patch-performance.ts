// perf_hooks's entries of type `net`: how long each connect took, on virtual time. Node makes them in its native sockets only, and has
// no way to hand in others, so observers that ask for them are remembered.
import perfHooks, { type PerformanceEntry, type PerformanceObserverEntryList } from 'node:perf_hooks';
import type { NetModule } from '../../../net/index.ts';
import { real } from '../real-time.ts';
import type { Patches } from './patches.ts';

type Observer = InstanceType<typeof perfHooks.PerformanceObserver>;
type Callback = (list: PerformanceObserverEntryList, observer: Observer) => void;

interface ObserveOptions {
  readonly type?: string;
  readonly entryTypes?: readonly string[];
}

/** Has `PerformanceObserver` tell of the façade's connects. */
export function patchPerformance(patches: Patches, facade: NetModule): void {
  const waiting = new Map<Observer, { readonly callback: Callback; readonly entries: PerformanceEntry[] }>();
  const genuine = perfHooks.PerformanceObserver;
  class PerformanceObserver extends genuine {
    private readonly callback: Callback;

    constructor(callback: Callback) {
      super(callback as never);
      this.callback = callback;
    }

    override observe(options: ObserveOptions): void {
      super.observe(options as never);
      const types = options.entryTypes ?? [options.type];
      if (types.includes('net')) waiting.set(this, { callback: this.callback, entries: [] });
    }

    override disconnect(): void {
      super.disconnect();
      waiting.delete(this);
    }
  }
  // The global one first: it is taken from the module when it is looked at.
  for (const object of [globalThis, perfHooks])
    patches.setClass(object, 'PerformanceObserver', PerformanceObserver);
  const tell = (entry: PerformanceEntry): void => {
    for (const [observer, { callback, entries }] of waiting) {
      if (entries.push(entry) > 1) continue;
      real.setImmediate(() => callback(listOf(entries.splice(0)), observer));
    }
  };
  const { connect } = facade.Socket.prototype;
  patches.set(facade.Socket.prototype, 'connect', function (this: Dialling, ...args: unknown[]) {
    if (waiting.size > 0) {
      const startTime = performance.now();
      this.once('connect', () => {
        const { remoteAddress: host, remotePort: port } = this;
        if (host !== undefined) tell(makeEntry(startTime, { host, port }));
      });
    }
    return Reflect.apply(connect as (...given: unknown[]) => unknown, this, args);
  });
}

interface Dialling {
  readonly remoteAddress?: string;
  readonly remotePort?: number;
  once(event: string, listener: () => void): unknown;
}

function makeEntry(startTime: number, detail: object): PerformanceEntry {
  const fields = {
    name: 'connect',
    entryType: 'net',
    startTime,
    duration: performance.now() - startTime,
    detail,
  };
  return { ...fields, toJSON: () => fields } as PerformanceEntry;
}

function listOf(entries: PerformanceEntry[]): PerformanceObserverEntryList {
  return {
    getEntries: () => entries,
    getEntriesByType: (type: string) => entries.filter(({ entryType }) => entryType === type),
    getEntriesByName: (name: string, type?: string) =>
      entries.filter((entry) => entry.name === name && (type === undefined || entry.entryType === type)),
  } as PerformanceObserverEntryList;
}
