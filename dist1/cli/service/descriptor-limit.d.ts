/**
 * Connections that the descriptor limit allows with a reserve, or null where the limit cannot be read. With no
 * descriptor left libuv accepts and closes connections without a word, so a service must stay below.
 */
export declare function connectionsWithinLimit(descriptorsEach: number): number | null;
