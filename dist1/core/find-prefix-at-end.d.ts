/** Length of the longest proper prefix of `needle` that ends `haystack`, else 0. `needle` is not in `haystack`. */
export declare function findPrefixAtEnd(haystack: Uint8Array, needle: Uint8Array): number;
/** Index of the first occurrence of `needle`, which is not empty, in `haystack`, else -1. */
export declare function findBytes(haystack: Uint8Array, needle: Uint8Array): number;
