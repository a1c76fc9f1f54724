/** Lets a synchronous scenario that opens a real socket, or draws real chance, fail with the place that does. */
export declare function watchRealNetwork(): void;
