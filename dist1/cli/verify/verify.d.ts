import type { Command } from 'commander';
/** `foulweather verify` */
export declare function registerVerify(program: Command): void;
