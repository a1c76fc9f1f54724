/** A kind of decision. `index` is its place in tables; `code` its short form in a replay string. */
export interface Label {
  readonly name: string;
  readonly index: number;
  readonly code: string;
}
/** A fault family of the network. Choice 0 is always the perfect network. */
export type Family =
  | 'order'
  | 'ready'
  | 'split'
  | 'coalesce'
  | 'end'
  | 'short-send'
  | 'short-read'
  | 'stall'
  | 'reset'
  | 'close'
  | 'refuse'
  | 'disk'
  | 'crash'
  | 'pause'
  | 'partition'
  | 'idle';
/** Which of the events that could come next comes next; 0 is the one due first. */
export declare const ORDER: Label;
/** Which of a turn's due channels is served next. */
export declare const READY: Label;
/** A segment arrives in two parts; the choice is how many bytes come later. */
export declare const SPLIT: Label;
/** The next segment arrives before the program has looked at this one. */
export declare const COALESCE: Label;
/** The end of stream arrives together with the bytes before it. */
export declare const END: Label;
/** A send accepts fewer bytes than it could; the choice is how many fewer. */
export declare const SHORT_SEND: Label;
/** A recv gives fewer bytes than it could; the choice is how many fewer. */
export declare const SHORT_READ: Label;
/** A direction or a disk stands still: 1 for a moment, 2 for seconds, 3 for minutes. */
export declare const STALL: Label;
/** @internal How long, by choice. */
export declare const STALL_MS: readonly number[];
/** Both ends of a connection get a reset. */
export declare const RESET: Label;
/** Both ends of a connection see it closed by the other, what was in flight is gone. */
export declare const CLOSE: Label;
/** A connection attempt is refused. */
export declare const REFUSE: Label;
/** An operation on a file fails: 1 with an I/O error; the other choices depend on the operation. */
export declare const DISK: Label;
/** A host that may crash does, and is up again: 1 a second later, 2 a minute later. */
export declare const CRASH: Label;
/** The programs of a host stand still: 1 for a second, 2 for a minute. */
export declare const PAUSE: Label;
/** A link that may be cut is: 1 one way for a second, 2 one way for half a minute, 3 both ways for half a minute. */
export declare const PARTITION: Label;
/** A connection that may break while nobody sends is: 1 reset, 2 closed for both ends. */
export declare const IDLE: Label;
/** Every label of the network, by index. */
export declare const LABELS: readonly Label[];
/** What ends a connection, or an attempt at one. */
export declare const KILLING: readonly Label[];
export declare const FAMILIES: readonly Family[];
/** @internal Those that need no leave of the scenario. */
export declare const COMMON_FAMILIES: readonly Family[];
/** Labels of programs and scenarios get the indices from here on. */
export declare const FIRST_PROGRAM_LABEL = 32;
/** A set of families as bits, one for each label's index. Throws ArgumentError for a name that is none. */
export declare function familyMask(families: Iterable<Family>): number;
