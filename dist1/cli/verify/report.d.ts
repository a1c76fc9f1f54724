import type { Command } from 'commander';
/** `foulweather report merge` */
export declare function registerReport(program: Command): void;
