import type { ServicePlan } from './service-plan.ts';
/** A worker's share: the primary decides about limits, and about the end. */
export declare function runWorker(plan: ServicePlan): Promise<void>;
