import type { SimEndpoint } from './endpoint.ts';
/** Endpoints in the order in which programs got them. Linked through themselves: a run makes and drops many. */
export declare class OpenEndpoints {
  /** How many there are. */
  size: number;
  /** How many have each local port, once somebody has asked: most hosts never run through their ports. */
  private ports;
  private first;
  private last;
  get isEmpty(): boolean;
  add(endpoint: SimEndpoint): void;
  /** Does nothing for one that is not held. */
  delete(endpoint: SimEndpoint): void;
  /** Whether one of them has this local port. Costs the same however many there are. */
  hasPort(port: number): boolean;
  private count;
  [Symbol.iterator](): IterableIterator<SimEndpoint>;
}
