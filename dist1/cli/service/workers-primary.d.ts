import { type ServicePlan } from './service-plan.ts';
/** Starts the workers, keeps the limits and the metrics of all of them, and stops them together. */
export declare function runPrimary(plan: ServicePlan): Promise<void>;
