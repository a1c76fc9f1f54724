/** A kernel that keeps what it sends and what it receives apart, and hears what its peer has taken. */
export interface BufferOptions {
  /**
   * Bytes that a program can send before its peer has acknowledged them, 1 or more, as SO_SNDBUF fixes them (socket(7)). Default:
   * 87040 at first, and more as more is acknowledged, up to 4 MiB (tcp(7), tcp_wmem).
   */
  readonly sendBytes?: number;
  /**
   * Bytes that can wait for a program to receive them, 1 or more, as SO_RCVBUF fixes them: the window it announces. Default: 65536
   * at first, and more as a program keeps up with what comes, up to 3 MiB (tcp(7), tcp_rmem, tcp_adv_win_scale).
   */
  readonly receiveBytes?: number;
}
/** The buffers of one end. */
export interface Buffers {
  readonly sendBytes: number;
  readonly receiveBytes: number;
  /** Whether they grow by themselves. */
  readonly isSendTuned: boolean;
  readonly isReceiveTuned: boolean;
}
/**
 * What a new connection has on Linux: twice ten segments of 1460 bytes, with their bookkeeping (tcp_init_buffer_space in
 * net/ipv4/tcp_input.c), and half of tcp_rmem's 131072 (tcp(7), tcp_adv_win_scale).
 */
export declare const LINUX_BUFFERS: Buffers;
/**
 * A send buffer when so many bytes of the stream were acknowledged: twice the congestion window (tcp_sndbuf_expand), which grows by
 * what is acknowledged (RFC 5681 section 3.1).
 */
export declare function tunedSendBytes(sendBytes: number, acknowledged: number): number;
/** A receive buffer when a program has received so much of the stream, and left nothing: as much again, and the first window. */
export declare function tunedReceiveBytes(receiveBytes: number, read: number): number;
/** Throws ArgumentError. `whose` is named in it. */
export declare function checkBuffers(whose: string, options: BufferOptions | undefined): Buffers | null;
