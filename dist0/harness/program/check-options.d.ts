import type { InstallOptions } from './install.ts';
import type { RunAsyncOptions } from './run-async.ts';
import type { EveryScheduleOptions } from './schedules/every-schedule-options.ts';
export declare function checkInstallOptions({ host, startMs, entropySeed }: InstallOptions): void;
export declare function checkRunOptions({ timeoutMs, realTimeoutMs, graceMs }: RunAsyncOptions): void;
export declare function checkSearch(title: string, body: unknown, options: EveryScheduleOptions): void;
