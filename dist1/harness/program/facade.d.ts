import { type TimeLine } from './active.ts';
export declare const facade: typeof import('node:net');
/** What is installed; throws ERR_NOT_RUNNING if nothing is. */
export declare function installed(): TimeLine;
