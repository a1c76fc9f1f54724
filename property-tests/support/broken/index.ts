// The library of broken services: each one plausible mistake away from a good one. They prove that a search finds bugs.
import { classicEcho } from './classic-echo.ts';
import { classicForwarder } from './classic-forwarder.ts';
import { acceptsGoFirst } from './echo-accepts-go-first.ts';
import { afterYou } from './echo-after-you.ts';
import { alwaysWantsToWrite } from './echo-always-wants-to-write.ts';
import { callsItsOwnHandler } from './echo-calls-its-own-handler.ts';
import { closesBeforeFlushing } from './echo-closes-before-flushing.ts';
import { dropsTheRest } from './echo-drops-the-rest.ts';
import { evictsTheQuiet } from './echo-evicts-the-quiet.ts';
import { flushesOnce } from './echo-flushes-once.ts';
import { keepsTheView } from './echo-keeps-the-view.ts';
import { lateBytesMissTheTimer } from './echo-late-bytes-miss-the-timer.ts';
import { leftOneFirst } from './echo-left-one-first.ts';
import { looksBeforeItSleeps } from './echo-looks-before-it-sleeps.ts';
import { losesATurn } from './echo-loses-a-turn.ts';
import { losesBytesWithTheEnd } from './echo-loses-bytes-with-the-end.ts';
import { newBytesOvertake } from './echo-new-bytes-overtake.ts';
import { oneAtATime } from './echo-one-at-a-time.ts';
import { readIsAMessage } from './echo-read-is-a-message.ts';
import { sharesItsQueue } from './echo-shares-its-queue.ts';
import { slotLostOnReset } from './echo-slot-lost-on-reset.ts';
import { smallBytesWait } from './echo-small-bytes-wait.ts';
import { twoDrainsAreOne } from './echo-two-drains-are-one.ts';
import { twoWaitForEachOther } from './echo-two-wait-for-each-other.ts';
import { wakesTheWrongOne } from './echo-wakes-the-wrong-one.ts';
import { writesAfterClose } from './echo-writes-after-close.ts';
import { actsOnClosed } from './forward-acts-on-closed.ts';
import { bothEndedIsDone } from './forward-both-ended-is-done.ts';
import { clientGoesFirst } from './forward-client-goes-first.ts';
import { closesBoth } from './forward-closes-both.ts';
import { closesTwice } from './forward-closes-twice.ts';
import { assumesQuickConnect, losesEarlyBytes } from './forward-early.ts';
import { endOvertakes } from './forward-end-overtakes.ts';
import { endsAfterAMoment } from './forward-ends-after-a-moment.ts';
import { forgetsHalfClose } from './forward-forgets-half-close.ts';
import { forgetsPendingConnect } from './forward-forgets-pending-connect.ts';
import { leaksClientOnRefused } from './forward-leaks-client-on-refused.ts';
import { looksTooEarly } from './forward-looks-too-early.ts';
import { mixesUpConnections } from './forward-mixes-up-connections.ts';
import { oneFailureEndsAll } from './forward-one-failure-ends-all.ts';
import { onePendingConnect } from './forward-one-pending-connect.ts';
import { resetBecomesEnd } from './forward-reset-becomes-end.ts';
import { echoReadsWithoutLimit, forwardReadsWithoutLimit } from './reads-without-limit.ts';
import type { BrokenService } from './service.ts';

export * from './service.ts';

/**
 * Mistakes of order and starvation that were written before the search was made better at these, and not looked at while it
 * was: what it gains on the library must be gained on these too.
 */
export const HELD_OUT: readonly BrokenService[] = [
  acceptsGoFirst,
  lateBytesMissTheTimer,
  losesATurn,
  twoDrainsAreOne,
  endsAfterAMoment,
  forgetsPendingConnect,
  onePendingConnect,
];

/** Written before pct was looked at again, all of order or starvation: one half for that, the other only to measure by. */
export const LOOKED_AT: readonly BrokenService[] = [twoWaitForEachOther, afterYou, looksTooEarly];
export const NOT_LOOKED_AT: readonly BrokenService[] = [wakesTheWrongOne, looksBeforeItSleeps, leftOneFirst];

/** In a fixed order, which tables keep. */
export const BROKEN: readonly BrokenService[] = [
  classicEcho,
  classicForwarder,
  alwaysWantsToWrite,
  callsItsOwnHandler,
  closesBeforeFlushing,
  dropsTheRest,
  evictsTheQuiet,
  flushesOnce,
  keepsTheView,
  losesBytesWithTheEnd,
  newBytesOvertake,
  oneAtATime,
  readIsAMessage,
  echoReadsWithoutLimit,
  sharesItsQueue,
  slotLostOnReset,
  smallBytesWait,
  writesAfterClose,
  actsOnClosed,
  assumesQuickConnect,
  bothEndedIsDone,
  clientGoesFirst,
  closesBoth,
  closesTwice,
  endOvertakes,
  forgetsHalfClose,
  leaksClientOnRefused,
  losesEarlyBytes,
  mixesUpConnections,
  oneFailureEndsAll,
  forwardReadsWithoutLimit,
  resetBecomesEnd,
  ...HELD_OUT,
];
