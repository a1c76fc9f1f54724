export { assertEverySchedule, PropertyError } from './assert-every-schedule.js';
export { Schedule } from './schedule.js';
export { schedules } from './schedules.js';
