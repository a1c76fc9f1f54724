import { FoulweatherError } from '../core/errors.js';
/**
 * A run that cannot be a success. `ERR_DEADLOCK`: nothing is left to happen while something waits.
 * `ERR_LIVELOCK`: handlers are called again and again without effect. `ERR_STEP_LIMIT`: the run does not end.
 */
export class SimulationError extends FoulweatherError {
  constructor(code, message) {
    super(code, message);
  }
}
/** A replayed schedule met another decision than the one recorded. */
export class DivergedError extends SimulationError {
  constructor(message) {
    super('ERR_REPLAY', message);
  }
}
