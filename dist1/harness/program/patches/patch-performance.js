// perf_hooks's entries of type `net`: how long each connect took, on virtual time. Node makes them in its native sockets only, and has
// no way to hand in others, so observers that ask for them are remembered.
import perfHooks, {} from 'node:perf_hooks';
/** Has `PerformanceObserver` tell of the façade's connects. */
export function patchPerformance(patches, facade) {
  const waiting = new Map();
  const genuine = perfHooks.PerformanceObserver;
  class PerformanceObserver extends genuine {
    constructor(callback) {
      super(callback);
      this.callback = callback;
    }
    observe(options) {
      super.observe(options);
      const types = options.entryTypes ?? [options.type];
      if (types.includes('net')) waiting.set(this, { callback: this.callback, entries: [] });
    }
    disconnect() {
      super.disconnect();
      waiting.delete(this);
    }
  }
  // The global one first: it is taken from the module when it is looked at.
  for (const object of [globalThis, perfHooks])
    patches.set(object, 'PerformanceObserver', PerformanceObserver);
  const tell = (entry) => {
    for (const [observer, { callback, entries }] of waiting) {
      if (entries.push(entry) > 1) continue;
      setImmediate(() => callback(listOf(entries.splice(0)), observer));
    }
  };
  const { connect } = facade.Socket.prototype;
  patches.set(facade.Socket.prototype, 'connect', function (...args) {
    if (waiting.size > 0) {
      const startTime = performance.now();
      this.once('connect', () => {
        const { remoteAddress: host, remotePort: port } = this;
        if (host !== undefined) tell(makeEntry(startTime, { host, port }));
      });
    }
    return Reflect.apply(connect, this, args);
  });
}
function makeEntry(startTime, detail) {
  const fields = {
    name: 'connect',
    entryType: 'net',
    startTime,
    duration: performance.now() - startTime,
    detail,
  };
  return { ...fields, toJSON: () => fields };
}
function listOf(entries) {
  return {
    getEntries: () => entries,
    getEntriesByType: (type) => entries.filter(({ entryType }) => entryType === type),
    getEntriesByName: (name, type) =>
      entries.filter((entry) => entry.name === name && (type === undefined || entry.entryType === type)),
  };
}
