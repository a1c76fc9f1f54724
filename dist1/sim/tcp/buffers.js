// The sizes of a kernel's two buffers for a connection, as options give them, and how Linux lets them grow.
import { checkInteger } from '../../core/arguments.js';
import { ArgumentError } from '../../core/errors.js';
/**
 * What a new connection has on Linux: twice ten segments of 1460 bytes, with their bookkeeping (tcp_init_buffer_space in
 * net/ipv4/tcp_input.c), and half of tcp_rmem's 131072 (tcp(7), tcp_adv_win_scale).
 */
export const LINUX_BUFFERS = {
  sendBytes: 87_040,
  receiveBytes: 65_536,
  isSendTuned: true,
  isReceiveTuned: true,
};
/** Half of tcp_rmem's 6 MiB, and tcp_wmem's 4 MiB. */
const RECEIVE_BYTES_MAX = 3 << 20;
const SEND_BYTES_MAX = 4 << 20;
/** RFC 6928: ten segments. */
const FIRST_WINDOW_BYTES = 14_600;
/**
 * A send buffer when so many bytes of the stream were acknowledged: twice the congestion window (tcp_sndbuf_expand), which grows by
 * what is acknowledged (RFC 5681 section 3.1).
 */
export function tunedSendBytes(sendBytes, acknowledged) {
  return Math.max(sendBytes, Math.min(SEND_BYTES_MAX, 2 * (FIRST_WINDOW_BYTES + acknowledged)));
}
/** A receive buffer when a program has received so much of the stream, and left nothing: as much again, and the first window. */
export function tunedReceiveBytes(receiveBytes, read) {
  return Math.max(receiveBytes, Math.min(RECEIVE_BYTES_MAX, LINUX_BUFFERS.receiveBytes + read));
}
/** Throws ArgumentError. `whose` is named in it. */
export function checkBuffers(whose, options) {
  if (options === undefined) return null;
  if (typeof options !== 'object' || options === null)
    throw new ArgumentError(
      'ERR_INVALID_ARG_TYPE',
      `${whose} must be { sendBytes, receiveBytes }, either of them or none, got ${String(options)}`,
    );
  const { sendBytes, receiveBytes } = options;
  return {
    sendBytes: checkInteger(`${whose}.sendBytes`, sendBytes ?? LINUX_BUFFERS.sendBytes, 1),
    receiveBytes: checkInteger(`${whose}.receiveBytes`, receiveBytes ?? LINUX_BUFFERS.receiveBytes, 1),
    isSendTuned: sendBytes === undefined,
    isReceiveTuned: receiveBytes === undefined,
  };
}
