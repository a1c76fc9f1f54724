import { type Config, type OptionTable } from './options.ts';
/** The options in a JSON file. Problems are added to `problems`; unknown keys are named with the nearest known one. */
export declare function readConfigFile(path: string, table: OptionTable, problems: string[]): Config;
