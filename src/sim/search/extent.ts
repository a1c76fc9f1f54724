import { FAMILIES, type Family, familyMask } from '../decisions/label.ts';
import type { Scenario } from '../scenario.ts';

/** What may deviate, and how often, as the end of a bound: `; order, split, reset ≤ 1`, or `; no family`. */
export function describeExtent(scenario: Scenario, families: readonly Family[]): string {
  const limits = Object.entries(scenario.limits ?? {}).map(([family, limit]) => `${family} ≤ ${limit}`);
  const isAll = familyMask(families) === familyMask(FAMILIES);
  const unlimited = isAll
    ? 'all families'
    : families.filter((family) => scenario.limits?.[family] === undefined).join(', ');
  return `; ${[unlimited, ...limits].filter((part) => part !== '').join(', ') || 'no family'}`;
}
