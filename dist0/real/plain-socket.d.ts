import type { Socket } from 'node:net';
import { type SocketSink } from './real-socket.ts';
/**
 * An accepted socket through public API alone: 'data' events, each with memory of its own. About half as fast for
 * bulk as a RealSocket (docs/performance.md), and the same to a program.
 */
export declare function attachPlainSocket(socket: Socket, sink: SocketSink): Socket;
