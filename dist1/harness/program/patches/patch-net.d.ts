import { type NetModule } from '../../../net/index.ts';
import type { Patches } from './patches.ts';
/** Has node:net and its users make their sockets with `facade`. */
export declare function patchNet(patches: Patches, facade: NetModule): void;
