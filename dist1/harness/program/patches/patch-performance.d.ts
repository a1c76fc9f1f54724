import type { NetModule } from '../../../net/index.ts';
import type { Patches } from './patches.ts';
/** Has `PerformanceObserver` tell of the façade's connects. */
export declare function patchPerformance(patches: Patches, facade: NetModule): void;
