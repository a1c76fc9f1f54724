import { parseReplay } from '../../../sim/index.js';
import { checkSearch } from '../check-options.js';
import { ScheduleSearch, slugOf } from './schedule-search.js';
/**
 * Runs `body` under many schedules, each on a fresh simulation that is installed for it. Rejects with ScheduleError at the
 * first that fails: shrunk, run again, and with a replay string.
 */
export async function everySchedule(title, body, options = {}) {
  checkSearch(title, body, options);
  const search = new ScheduleSearch(title, body, options);
  const recorded = options.replay ?? process.env.FOULWEATHER_REPLAY;
  if (recorded !== undefined && recorded !== '') {
    const isOurs = parseReplay(recorded).scenario === slugOf(title);
    if (options.replay !== undefined || isOurs) return search.replay(recorded);
  }
  return search.run();
}
