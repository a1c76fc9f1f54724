/** The names that the global object had before memfs was loaded. */
export const globalsBefore = new Set(Object.getOwnPropertyNames(globalThis));
