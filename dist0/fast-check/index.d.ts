export { assertEverySchedule, PropertyError } from './assert-every-schedule.ts';
export { type FamilyDeviation, Schedule } from './schedule.ts';
export { type SchedulesConstraints, schedules } from './schedules.ts';
