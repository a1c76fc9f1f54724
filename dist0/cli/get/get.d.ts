import type { Command } from 'commander';
/** `foulweather get` */
export declare function registerGet(program: Command): void;
