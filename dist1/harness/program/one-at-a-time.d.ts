/** Runs `body` once all that were given before it are over, in the order in which they were given. */
export declare function oneAtATime<T>(body: () => Promise<T>): Promise<T>;
