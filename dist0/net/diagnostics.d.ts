/** `connect` has made a socket. */
export declare function publishClientSocket(socket: object): void;
/** A server has accepted a connection. */
export declare function publishServerSocket(socket: object): void;
/** A server begins to listen, listens, or has failed to. */
export declare function publishListen(
  stage: 'asyncStart' | 'asyncEnd' | 'error',
  message: {
    readonly server: object;
    readonly options?: object;
    readonly error?: Error;
  },
): void;
