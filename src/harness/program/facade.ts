// One façade for all installations of a process. A library that is loaded while one is installed copies its functions, or extends
// its classes (`const { connect } = require('net')`): they live on whichever simulation is installed when they are used.
import { createNet } from '../../net/index.ts';
import { active, type TimeLine } from './active.ts';
import { ProgramError } from './errors.ts';

export const facade = createNet(() => installed().netHost(), { tracksOrigins: true });

/** What is installed; throws ERR_NOT_RUNNING if nothing is. */
export function installed(): TimeLine {
  if (active.line !== null) return active.line;
  throw new ProgramError(
    'ERR_NOT_RUNNING',
    'a socket or server of a simulation, or a class that extends one and was made while a simulation was installed, is used where none is: load what made it before',
  );
}
