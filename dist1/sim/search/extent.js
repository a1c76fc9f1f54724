import { FAMILIES, familyMask } from '../decisions/label.js';
/** What may deviate, and how often, as the end of a bound: `; order, split, reset ≤ 1`. */
export function describeExtent(scenario, families) {
  const limits = Object.entries(scenario.limits ?? {}).map(([family, limit]) => `${family} ≤ ${limit}`);
  const isAll = familyMask(families) === familyMask(FAMILIES);
  const unlimited = isAll
    ? 'all families'
    : families.filter((family) => scenario.limits?.[family] === undefined).join(', ');
  return `; ${[unlimited, ...limits].filter((part) => part !== '').join(', ')}`;
}
