/** The one of `known` that `word` was probably meant to be, or null if none is near. */
export declare function nearest(word: string, known: Iterable<string>): string | null;
/** `unknown option --prot; did you mean --port?` */
export declare function unknownMessage(kind: string, word: string, known: Iterable<string>): string;
