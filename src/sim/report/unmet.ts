import { neverHeld, type Report, type ReportedFailure } from './report.ts';

/** What a caller may demand of a search besides that no law is broken. */
export interface Demands {
  readonly requireFaults?: boolean;
  readonly requireSometimes?: boolean;
}

/** What a search has not shown although it was demanded, as sentences. */
export function unmet(report: Pick<Report, 'neverFired' | 'sometimes'>, demands: Demands): string[] {
  const sentences: string[] = [];
  if (demands.requireFaults === true && report.neverFired.length > 0)
    sentences.push(`families that never fired (${report.neverFired.join(', ')})`);
  const never = neverHeld(report);
  if (demands.requireSometimes === true && never.length > 0)
    sentences.push(`states that were never reached (${never.join(', ')})`);
  return sentences;
}

/** The failure of a search in which no law was broken, but which did not show what was demanded; null if it did. */
export function unmetFailure(report: Report, demands: Demands): ReportedFailure | null {
  const sentences = unmet(report, demands);
  if (sentences.length === 0) return null;
  const message = `${sentences.join('; ')}; in ${report.schedules} schedules. Search longer, let the scenario have occasion for it, or switch the family off`;
  return {
    law: 'a search shows what is demanded of it',
    error: message,
    message,
    place: '',
    deviations: [],
    replay: '',
    trace: '',
    isMinimal: false,
    shrinkRuns: 0,
    foundBy: 'counting',
    foundAfter: report.schedules,
    nondeterminism: null,
  };
}
