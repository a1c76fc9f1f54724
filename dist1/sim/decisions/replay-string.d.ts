import { type DeviationPoint } from '../strategies/replay.ts';
import type { Decisions, Strategy } from './decisions.ts';
import { type Family, type Label } from './label.ts';

interface RecordedPoint extends DeviationPoint {
  readonly code: string;
  readonly arity: number;
}
/** A schedule as recorded in a replay string. */
export interface Recording {
  readonly scenario: string;
  readonly families: readonly Family[];
  readonly points: readonly RecordedPoint[];
  /** The hash of every label and arity up to the last deviation. */
  readonly check: string;
}
/** The replay string of a run. `parseReplay` is its inverse. */
export declare function formatReplay(
  scenario: string,
  families: readonly Family[],
  decisions: Decisions,
): string;
/** Reads a replay string. Throws SimulationError ERR_REPLAY when it is of another version, cut short or damaged. */
export declare function parseReplay(given: string): Recording;
/** Replays a recording exactly; throws at the first decision that is not the one recorded. */
export declare class RecordedStrategy implements Strategy {
  private readonly recording;
  private next;
  private index;
  constructor(recording: Recording);
  begin(): void;
  choose(label: Label, arity: number): number;
  /** Throws unless the whole recording was met, decision by decision. */
  expectMet(decisions: Decisions): void;
}
