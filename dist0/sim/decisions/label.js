// The kinds of decision there are. One label, one fault family: what may deviate together is named together.
import { checkList, show } from '../../core/arguments.js';
import { ArgumentError } from '../../core/errors.js';

const family = (name, index, code) => ({ name, index, code });
/** Which of the events that could come next comes next; 0 is the one due first. */
export const ORDER = family('order', 0, 'or');
/** Which of a turn's due channels is served next. */
export const READY = family('ready', 1, 'rd');
/** A segment arrives in two parts; the choice is how many bytes come later. */
export const SPLIT = family('split', 2, 'sp');
/** The next segment arrives before the program has looked at this one. */
export const COALESCE = family('coalesce', 3, 'co');
/** The end of stream arrives together with the bytes before it. */
export const END = family('end', 4, 'en');
/** A send accepts fewer bytes than it could; the choice is how many fewer. */
export const SHORT_SEND = family('short-send', 5, 'ss');
/** A recv gives fewer bytes than it could; the choice is how many fewer. */
export const SHORT_READ = family('short-read', 6, 'sr');
/** A direction or a disk stands still: 1 for a moment, 2 for seconds, 3 for minutes. */
export const STALL = family('stall', 7, 'st');
/** @internal How long, by choice. */
export const STALL_MS = [0, 250, 5_000, 120_000];
/** Both ends of a connection get a reset. */
export const RESET = family('reset', 8, 'rs');
/** Both ends of a connection see it closed by the other, what was in flight is gone. */
export const CLOSE = family('close', 9, 'cl');
/** A connection attempt is refused. */
export const REFUSE = family('refuse', 10, 'rf');
/** An operation on a file fails: 1 with an I/O error; the other choices depend on the operation. */
export const DISK = family('disk', 11, 'dk');
/** A host that may crash does, and is up again: 1 a second later, 2 a minute later. */
export const CRASH = family('crash', 12, 'cr');
/** The programs of a host stand still: 1 for a second, 2 for a minute. */
export const PAUSE = family('pause', 13, 'pa');
/** A link that may be cut is: 1 one way for a second, 2 one way for half a minute, 3 both ways for half a minute. */
export const PARTITION = family('partition', 14, 'pn');
/** A connection that may break while nobody sends is: 1 reset, 2 closed for both ends. */
export const IDLE = family('idle', 15, 'id');
/** Every label of the network, by index. */
export const LABELS = [
  ORDER,
  READY,
  SPLIT,
  COALESCE,
  END,
  SHORT_SEND,
  SHORT_READ,
  STALL,
  RESET,
  CLOSE,
  REFUSE,
  DISK,
  CRASH,
  PAUSE,
  PARTITION,
  IDLE,
];
/** What ends a connection, or an attempt at one. */
export const KILLING = [RESET, CLOSE, REFUSE, CRASH, IDLE];
export const FAMILIES = LABELS.map((label) => label.name);
/** @internal Those that need no leave of the scenario. */
export const COMMON_FAMILIES = FAMILIES.slice(0, CRASH.index);
/** Labels of programs and scenarios get the indices from here on. */
export const FIRST_PROGRAM_LABEL = 32;
const BITS = new Map(LABELS.map((label) => [label.name, 1 << label.index]));
/** A set of families as bits, one for each label's index. Throws ArgumentError for a name that is none. */
export function familyMask(families) {
  checkList('families', families);
  let mask = 0;
  for (const name of families) {
    const bit = BITS.get(name);
    if (bit === undefined)
      throw new ArgumentError(
        'ERR_INVALID_ARG_VALUE',
        `${show(name)} is no fault family; there are ${FAMILIES.join(', ')}`,
      );
    mask |= bit;
  }
  return mask;
}
