import { ProgramError } from './errors.ts';
/**
 * Ends whatever is under way in this process, a search too, with ERR_ABORTED, and takes it out; settles when that is done. For an
 * `afterEach` of runners that hand their tests no signal. Where nothing is under way it does nothing.
 */
export declare function abandon(): Promise<void>;
/** Gives what throws ERR_ABORTED once `abandon()` has been called: for work that goes on between two runs. */
export declare function expectWanted(): () => void;
export declare function abortedError(at: string, reason: unknown): ProgramError;
