import { type Family } from './label.ts';
/** How likely each family deviates at one of its decisions, from 0 (never) to 1 (always), both included. Absent is 0. */
export type Weather = Partial<Record<Family, number>>;
/** The presets. `calm` is the perfect network; `breeze` cuts and reorders but kills nothing; `storm` does everything. */
export declare const WEATHERS: Readonly<Record<'calm' | 'breeze' | 'storm', Weather>>;
/** A weather by preset's name, or as given. Throws ArgumentError for unknown names and families, and for rates out of range. */
export declare function weatherOf(weather: Weather | keyof typeof WEATHERS): Weather;
/** The families of a weather that may deviate at all. */
export declare function familiesOf(weather: Weather): Family[];
