import type { Endpoint, OpenFileOptions } from '../core/transport.ts';
import type { RealContext } from './real-context.ts';
/** Opens a file of this machine. What the file system answers arrives as readiness. */
export declare function openRealFile(
  context: RealContext,
  file: string | number,
  options: OpenFileOptions,
): Endpoint;
