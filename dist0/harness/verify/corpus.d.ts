import { FoulweatherError } from '../../core/index.ts';
/** A corpus file is damaged, of a version that this one does not know, or cannot be read or written. It is left as it is. */
export declare class CorpusError extends FoulweatherError {
  constructor(file: string, why: string, advice?: string);
}
/** Where the schedules of a scenario are kept, below the corpus folder. */
export declare function corpusFile(folder: string, scenario: string): string;
/** The schedules kept in a file; none if there is no such file. */
export declare function readCorpus(file: string): readonly string[];
/**
 * Adds a schedule to a file, if it is not in there. The file is replaced whole or not at all, and what another process adds
 * meanwhile stays. Throws CorpusError, which names the schedule, if that cannot be done.
 */
export declare function addToCorpus(file: string, schedule: string): void;
