// What callers may give: looked at when a call is made, so that a mistake is never taken for a schedule's failure.
import {
  checkBoolean,
  checkDuration,
  checkFunction,
  checkInteger,
  checkText,
  show,
} from '../../core/arguments.js';
import { ArgumentError } from '../../core/index.js';
import { parseReplay, weatherOf } from '../../sim/index.js';

/** Milliseconds from 1970 that a Date can be, either way (ECMA-262, 21.4.1.1). */
const DATE_MS_MAX = 8.64e15;
export function checkInstallOptions({ host, startMs, entropySeed }) {
  if (host !== undefined) checkText('host', host);
  if (startMs !== undefined) checkInteger('startMs', startMs, -DATE_MS_MAX, DATE_MS_MAX);
  if (entropySeed !== undefined && entropySeed !== false) checkInteger('entropySeed', entropySeed, 0);
}
export function checkRunOptions({ timeoutMs, realTimeoutMs, graceMs }) {
  if (timeoutMs !== undefined) checkDuration('timeoutMs', timeoutMs);
  if (realTimeoutMs !== undefined) checkDuration('realTimeoutMs', realTimeoutMs);
  if (graceMs !== undefined) checkDuration('graceMs', graceMs);
}
const METHODS = ['portfolio', 'bounded', 'random', 'swarm', 'pct', 'pos'];
export function checkSearch(title, body, options) {
  checkText('title', title);
  checkFunction('body', body);
  checkInstallOptions(options);
  checkRunOptions(options);
  const { schedules, deviations, seed, budgetMs, shrinkBudgetMs, method, weather, replay } = options;
  const { requireFaults, requireSometimes } = options;
  if (schedules !== undefined) checkInteger('schedules', schedules, 1);
  if (deviations !== undefined) checkInteger('deviations', deviations, 0);
  if (seed !== undefined) checkInteger('seed', seed, 0);
  if (budgetMs !== undefined) checkDuration('budgetMs', budgetMs);
  if (shrinkBudgetMs !== undefined) checkDuration('shrinkBudgetMs', shrinkBudgetMs);
  if (weather !== undefined) weatherOf(weather);
  if (requireFaults !== undefined) checkBoolean('requireFaults', requireFaults);
  if (requireSometimes !== undefined) checkBoolean('requireSometimes', requireSometimes);
  if (replay !== undefined && replay !== '') parseReplay(checkText('replay', replay));
  if (method !== undefined && !METHODS.includes(method))
    throw new ArgumentError(
      'ERR_INVALID_ARG_VALUE',
      `method must be one of ${METHODS.join(', ')}, got ${show(method)}`,
    );
}
