/** The names that the global object had before memfs was loaded. */
export const globalsBefore: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(globalThis));
