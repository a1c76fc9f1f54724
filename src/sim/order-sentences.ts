// Deviations of order as sentences: an event that lets several go ahead of it is told once.
import { type Wait, Waits } from './decisions/waits.ts';
import type { Event } from './time/schedule-queue.ts';
import type { Deviation, Trace } from './trace.ts';

/** So many of the events that go ahead of another are named. */
const NAMED_MAX = 4;

/** An event that waits, as it is told so far. */
interface Told {
  readonly deviation: { -readonly [Key in keyof Deviation]: Deviation[Key] };
  readonly waiting: string;
  readonly ahead: string[];
}

/** Follows the order decisions of one run, and writes their deviations into its trace. */
export class OrderSentences {
  private readonly trace: Trace;
  private readonly waits = new Waits();
  private readonly told = new Map<Wait, Told>();

  constructor(trace: Trace) {
    this.trace = trace;
  }

  /** To be told of each order decision, before what was chosen happens. */
  note(events: readonly Event[], choice: number, at: Pick<Deviation, 'decision' | 'atMs'>): void {
    const { waits, told } = this;
    waits.look(events);
    const counts = waits.waiting.map((wait) => [wait, wait.ahead] as const);
    const begun = waits.take(events, choice);
    const chosen = events[choice];
    for (const [wait, before] of counts) if (wait.ahead > before) this.tell(wait, chosen.describe());
    if (waits.free[0] === choice) return;
    const waiting = events[waits.free[0]].describe();
    const deviation = { ...at, text: `${chosen.describe()} comes before ${waiting}` };
    this.trace.deviations.push(deviation);
    if (begun !== null) told.set(begun, { deviation, waiting, ahead: [chosen.describe()] });
  }

  /** Another event goes ahead of one that waits. */
  private tell(wait: Wait, event: string): void {
    const { deviation, waiting, ahead } = this.told.get(wait)!;
    ahead.push(event);
    const named = ahead.slice(0, NAMED_MAX).join(', ');
    const more = ahead.length > NAMED_MAX ? `, and ${ahead.length - NAMED_MAX} more` : '';
    deviation.text = `${waiting} waits while ${ahead.length} events go first: ${named}${more}`;
  }
}
