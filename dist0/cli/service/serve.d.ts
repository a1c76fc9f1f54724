import { type ServicePlan } from './service-plan.ts';
/** Carries a service out until it is told to stop, in this process or in its workers. */
export declare function serve(plan: ServicePlan): Promise<void>;
