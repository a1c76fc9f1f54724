import type { Address, InternetAddress, Reactor } from '../../core/index.ts';
import type { ServiceOptions, ServiceServer } from '../../services/index.ts';
import type { ServiceValues } from './service-options.ts';
/** A service as the command line asks for it. Each process that serves carries it out once. */
export interface ServicePlan {
  readonly name: string;
  readonly values: ServiceValues;
  /** Descriptors that one connection needs. */
  readonly descriptorsEach: number;
  /** Where the servers listen. */
  readonly locals: readonly Address[];
  /** Makes the servers, all with the same options. */
  readonly build: (reactor: Reactor, options: ServiceOptions) => readonly ServiceServer[];
}
/** The limits of the whole service. */
export declare function limitsOf(plan: ServicePlan): {
  readonly maxConnections?: number;
  readonly maxHeld: number;
  readonly maxPerAddress?: number;
};
/** Adds what is wrong with options that each are right. */
export declare function checkTogether(
  call: {
    readonly values: ServiceValues;
    readonly given: ReadonlySet<string>;
    readonly problems: string[];
  },
  descriptorsEach: number,
): void;
export declare function parseAdmin(text: string, problems: string[]): InternetAddress | null;
