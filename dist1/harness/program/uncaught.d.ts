/**
 * Hands uncaught exceptions and unhandled rejections to `onError` instead of to whoever listened. Returns what puts
 * the listeners back.
 */
export declare function catchUncaught(onError: (error: unknown) => void): () => void;
