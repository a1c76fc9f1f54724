import { webcrypto } from 'node:crypto';
import { active } from '../active.ts';
import { noteSite } from '../errors.ts';
import type { Patches } from './patches.ts';

type Operation = (...args: unknown[]) => Promise<unknown>;

/**
 * WebCrypto works in threads, and since Node 24 its jobs look to async_hooks like those of synchronous functions, which nobody waits for:
 * virtual time stands still until the promise settles.
 */
export function patchWebCrypto(patches: Patches): void {
  const prototype = Object.getPrototypeOf(webcrypto.subtle) as Record<string, Operation>;
  for (const name of Object.keys(Object.getOwnPropertyDescriptors(prototype))) {
    const genuine = prototype[name];
    if (name === 'constructor' || typeof genuine !== 'function') continue;
    const operation = function (this: unknown, ...args: unknown[]): unknown {
      const given = Reflect.apply(genuine, this, args) as unknown;
      if (!(given instanceof Promise)) return given;
      const release = active.quiet?.hold(`crypto.subtle.${name}() called`, noteSite(operation as never));
      if (release !== undefined) given.then(release, release);
      return given;
    };
    patches.set(prototype, name, operation);
  }
}
