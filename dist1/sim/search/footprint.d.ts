/** What an event touches: enough to tell whether two events commute. */
export interface Footprint {
  readonly chainId: number;
  /** The host whose state changes; empty for what changes the network itself. */
  readonly host: string;
  /** The other host of the connection, or null for a host's turn or timer, which may touch all its connections. */
  readonly peer: string | null;
  /** The connection's number; 0 for a turn or timer. */
  readonly connection: number;
  /** What the connection was made for; two of one root are never independent. */
  readonly root: string;
  /** Whether it is a reset, which also destroys what flies the other way. */
  readonly isReset: boolean;
  readonly atMs: number;
  /** Whether the host has declared that its connections do not touch each other. */
  readonly isIndependentInside: boolean;
  /** Hosts that this host has ever been connected to. */
  readonly neighbours: ReadonlySet<string>;
}
/** An invariant's hosts; null is all. */
export type ReadSets = readonly (ReadonlySet<string> | null)[];
/**
 * Whether two events give the same state in either order. Conservative: false where it is not known. Two events are
 * independent if they are due at one instant, change different hosts, share no connection's end, and no invariant reads
 * both hosts; or if they are deliveries of different connections to a host that declares these independent. (A delivery
 * takes from the head of its direction what an answer to the opposite delivery adds at the tail of the other.)
 */
export declare function areIndependent(
  a: Footprint,
  b: Footprint,
  reads: ReadSets,
  mayKill: boolean,
): boolean;
