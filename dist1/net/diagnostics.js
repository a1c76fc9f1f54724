// What node:net publishes on diagnostics channels (Node documentation, "Diagnostics Channel", "Built-in Channels").
import { channel } from 'node:diagnostics_channel';

const CLIENT_SOCKET = channel('net.client.socket');
const SERVER_SOCKET = channel('net.server.socket');
const LISTEN = {
  asyncStart: channel('tracing:net.server.listen:asyncStart'),
  asyncEnd: channel('tracing:net.server.listen:asyncEnd'),
  error: channel('tracing:net.server.listen:error'),
};
/** `connect` has made a socket. */
export function publishClientSocket(socket) {
  if (CLIENT_SOCKET.hasSubscribers) CLIENT_SOCKET.publish({ socket });
}
/** A server has accepted a connection. */
export function publishServerSocket(socket) {
  if (SERVER_SOCKET.hasSubscribers) SERVER_SOCKET.publish({ socket });
}
/** A server begins to listen, listens, or has failed to. */
export function publishListen(stage, message) {
  if (LISTEN[stage].hasSubscribers) LISTEN[stage].publish(message);
}
