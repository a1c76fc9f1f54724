/** The names that the global object had before memfs was loaded. */
export declare const globalsBefore: ReadonlySet<string>;
