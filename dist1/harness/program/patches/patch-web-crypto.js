import { webcrypto } from 'node:crypto';
import { active } from '../active.js';
import { noteSite } from '../errors.js';
/**
 * WebCrypto works in threads, and since Node 24 its jobs look to async_hooks like those of synchronous functions, which nobody waits for:
 * virtual time stands still until the promise settles.
 */
export function patchWebCrypto(patches) {
  const prototype = Object.getPrototypeOf(webcrypto.subtle);
  for (const name of Object.keys(Object.getOwnPropertyDescriptors(prototype))) {
    const genuine = prototype[name];
    if (name === 'constructor' || typeof genuine !== 'function') continue;
    const operation = function (...args) {
      const given = Reflect.apply(genuine, this, args);
      if (!(given instanceof Promise)) return given;
      const release = active.quiet?.hold(`crypto.subtle.${name}() called`, noteSite(operation));
      if (release !== undefined) given.then(release, release);
      return given;
    };
    patches.set(prototype, name, operation);
  }
}
