// The printed form of a schedule: fw1.SCENARIO.FAMILIES.DEVIATION….CHECK
// One DEVIATION is INDEX LABEL CHOICE - ARITY, `12sp2-5`; FAMILIES and CHECK are base 36. Safe in a shell and in a URL.
import type { Decisions, Strategy } from './decisions.ts';
import { DivergedError, SimulationError } from './errors.ts';
import { FAMILIES, type Family, FIRST_PROGRAM_LABEL, familyMask, LABELS, type Label } from './label.ts';
import { type DeviationPoint, deviationsOf } from './strategies/replay.ts';

const VERSION = 'fw1';

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
export function formatReplay(scenario: string, families: readonly Family[], decisions: Decisions): string {
  const points = deviationsOf(decisions.choices);
  const parts = points.map(
    ({ index, choice }) => `${index}${codeOf(decisions.labels[index])}${choice}-${decisions.arities[index]}`,
  );
  const check = checkOf(decisions, points.length === 0 ? 0 : points[points.length - 1].index + 1);
  return [VERSION, scenario, (familyMask(families) >>> 0).toString(36), ...parts, check].join('.');
}

/** Reads a replay string. Throws SimulationError ERR_REPLAY when it is of another version, cut short or damaged. */
export function parseReplay(text: string): Recording {
  const [version, scenario, mask, ...rest] = text.trim().split('.');
  if (version !== VERSION) {
    throw new SimulationError(
      'ERR_REPLAY',
      `"${clip(text)}" was not recorded by this version: it begins with "${clip(version)}", not "${VERSION}"; run the search again`,
    );
  }
  const check = rest.pop();
  if (scenario === undefined || mask === undefined || check === undefined || !/^k[0-9a-z]+$/.test(check)) {
    throw new SimulationError(
      'ERR_REPLAY',
      `"${clip(text)}" is cut short: a replay string ends in its check, .k and letters or digits; copy it whole`,
    );
  }
  const points = rest.map((part) => parsePoint(part, text));
  const bits = Number.parseInt(mask, 36);
  return { scenario, families: FAMILIES.filter((_, index) => ((bits >> index) & 1) === 1), points, check };
}

/** Replays a recording exactly; throws at the first decision that is not the one recorded. */
export class RecordedStrategy implements Strategy {
  private readonly recording: Recording;
  private next = 0;
  private index = 0;

  constructor(recording: Recording) {
    this.recording = recording;
  }

  begin(): void {
    this.next = 0;
    this.index = 0;
  }

  choose(label: Label, arity: number): number {
    const { index } = this;
    this.index = index + 1;
    const point = this.recording.points[this.next];
    if (point === undefined || point.index !== index) return 0;
    this.next += 1;
    if (point.code !== codeOf(label) || point.arity !== arity) {
      throw new DivergedError(
        `decision ${index} differs: recorded was ${nameOf(point.code)} with ${point.arity} choices, met was ${label.name} with ${arity}; ` +
          'the code or the scenario has changed since the schedule was recorded',
      );
    }
    return point.choice;
  }

  /** Throws unless the whole recording was met, decision by decision. */
  expectMet(decisions: Decisions): void {
    const missed = this.recording.points[this.next];
    if (missed !== undefined) {
      throw new DivergedError(
        `decision ${missed.index} (${nameOf(missed.code)}) was never met: the run ended after ${decisions.length} decisions; the code or the scenario has changed`,
      );
    }
    const { points, check } = this.recording;
    const met = checkOf(decisions, points.length === 0 ? 0 : points[points.length - 1].index + 1);
    if (met !== check)
      throw new DivergedError(
        `the decisions between the deviations differ from those recorded (${met}, recorded ${check}); the code or the scenario has changed`,
      );
  }
}

function parsePoint(part: string, text: string): RecordedPoint {
  const match = /^(\d+)([a-z][a-z]|p\d+x)(\d+)-(\d+)$/.exec(part);
  if (match === null)
    throw new SimulationError(
      'ERR_REPLAY',
      `"${clip(part)}" in "${clip(text)}" is no deviation; copy the string whole`,
    );
  const [, index, code, choice, arity] = match;
  const point = { index: Number(index), code, choice: Number(choice), arity: Number(arity) };
  if (point.choice === 0 || point.choice >= point.arity) {
    throw new SimulationError(
      'ERR_REPLAY',
      `"${part}" in "${clip(text)}": a choice is from 1 to ${point.arity - 1}`,
    );
  }
  return point;
}

/** Two letters, or `p3x` for a program's own label. */
function codeOf(label: Label): string {
  return label.index >= FIRST_PROGRAM_LABEL ? `p${label.index - FIRST_PROGRAM_LABEL}x` : label.code;
}

function nameOf(code: string): string {
  return LABELS.find((label) => label.code === code)?.name ?? `a program's decision (${code})`;
}

function checkOf(decisions: Decisions, length: number): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < length; index += 1) {
    hash = Math.imul(hash ^ (decisions.labels[index].index * 65599 + decisions.arities[index]), 0x01000193);
  }
  return `k${(hash >>> 0).toString(36)}`;
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
