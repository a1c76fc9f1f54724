import { registerGet } from './get/get.js';
import { registerEcho } from './service/echo.js';
import { registerForward } from './service/forward.js';
import { registerReport } from './verify/report.js';
import { registerVerify } from './verify/verify.js';
/** Every command, in the order of the help. */
export const COMMANDS = [registerVerify, registerReport, registerEcho, registerForward, registerGet];
