import { active } from '../active.js';
import { noteSite } from '../errors.js';
/** Compiling happens in the engine's own threads, which nobody sees: virtual time stands still for it. */
export function patchWebAssembly(patches) {
  const engine = globalThis.WebAssembly;
  for (const name of ['compile', 'instantiate', 'compileStreaming', 'instantiateStreaming']) {
    const genuine = engine[name];
    if (genuine === undefined) continue;
    const compile = (...args) => {
      const release = active.quiet?.hold(`WebAssembly.${name}() called`, noteSite(compile));
      return genuine(...args).finally(() => release?.());
    };
    patches.set(engine, name, compile);
  }
}
