import { checkBytes } from './arguments.ts';

/** Length of the longest proper prefix of `needle` that ends `haystack`, else 0. `needle` is not in `haystack`. */
export function findPrefixAtEnd(haystack: Uint8Array, needle: Uint8Array): number {
  checkBytes('haystack', haystack);
  checkBytes('needle', needle);
  for (let length = Math.min(needle.length - 1, haystack.length); length > 0; length -= 1) {
    if (matchesAt(haystack, needle, haystack.length - length, length)) return length;
  }
  return 0;
}

/** Index of the first occurrence of `needle`, which is not empty, in `haystack`, else -1. */
export function findBytes(haystack: Uint8Array, needle: Uint8Array): number {
  const last = haystack.length - needle.length;
  for (let index = 0; index <= last; index += 1) {
    index = haystack.indexOf(needle[0], index);
    if (index < 0 || index > last) return -1;
    if (matchesAt(haystack, needle, index, needle.length)) return index;
  }
  return -1;
}

function matchesAt(haystack: Uint8Array, needle: Uint8Array, start: number, length: number): boolean {
  for (let index = 0; index < length; index += 1) {
    if (haystack[start + index] !== needle[index]) return false;
  }
  return true;
}
