import { active } from '../active.ts';
import { noteSite } from '../errors.ts';
import type { Patches } from './patches.ts';

type Compile = (...args: unknown[]) => Promise<unknown>;

/** Compiling happens in the engine's own threads, which nobody sees: virtual time stands still for it. */
export function patchWebAssembly(patches: Patches): void {
  const engine = (globalThis as unknown as { WebAssembly: Record<string, Compile> }).WebAssembly;
  for (const name of ['compile', 'instantiate', 'compileStreaming', 'instantiateStreaming']) {
    const genuine = engine[name];
    if (genuine === undefined) continue;
    const compile: Compile = (...args) => {
      const release = active.quiet?.hold(`WebAssembly.${name}() called`, noteSite(compile));
      return genuine(...args).finally(() => release?.());
    };
    patches.set(engine, name, compile);
  }
}
