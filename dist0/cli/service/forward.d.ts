import type { Command } from 'commander';
/** `foulweather forward` */
export declare function registerForward(program: Command): void;
