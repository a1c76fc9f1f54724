// One façade for all installations of a process. A library that is loaded while one is installed copies its functions, or extends
// its classes (`const { connect } = require('net')`): they live on whichever simulation is installed when they are used.
import { createNet } from '../../net/index.js';
import { active } from './active.js';
import { ProgramError } from './errors.js';
export const facade = createNet(() => installed().netHost(), { tracksOrigins: true });
/** What is installed; throws ERR_NOT_RUNNING if nothing is. */
export function installed() {
  if (active.line !== null) return active.line;
  throw new ProgramError(
    'ERR_NOT_RUNNING',
    "a copy of one of node:net's functions or classes was made while a simulation was installed, and is used where none is: load what made it before",
  );
}
