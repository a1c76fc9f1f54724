import { FoulweatherError } from '../core/errors.ts';
/**
 * A run that cannot be a success. `ERR_DEADLOCK`: nothing is left to happen while something waits.
 * `ERR_LIVELOCK`: handlers are called again and again without effect. `ERR_STEP_LIMIT`: the run does not end.
 */
export declare class SimulationError extends FoulweatherError {
  constructor(
    code:
      | 'ERR_DEADLOCK'
      | 'ERR_LIVELOCK'
      | 'ERR_STEP_LIMIT'
      | 'ERR_TOPOLOGY'
      | 'ERR_SETUP'
      | 'ERR_REPLAY'
      | 'ERR_NONDETERMINISM'
      | 'ERR_OUTSIDE',
    message: string,
  );
}
/** A replayed schedule met another decision than the one recorded. */
export declare class DivergedError extends SimulationError {
  constructor(message: string);
}
