import { type Report, type ReportedFailure } from './report.ts';
/** What a caller may demand of a search besides that no law is broken. */
export interface Demands {
  readonly requireFaults?: boolean;
  readonly requireSometimes?: boolean;
}
/** What a search has not shown although it was demanded, as sentences. */
export declare function unmet(report: Pick<Report, 'neverFired' | 'sometimes'>, demands: Demands): string[];
/** The failure of a search in which no law was broken, but which did not show what was demanded; null if it did. */
export declare function unmetFailure(report: Report, demands: Demands): ReportedFailure | null;
