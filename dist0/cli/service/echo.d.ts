import type { Command } from 'commander';
/** `foulweather echo` */
export declare function registerEcho(program: Command): void;
