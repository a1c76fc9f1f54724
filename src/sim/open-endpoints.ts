import type { SimEndpoint } from './endpoint.ts';

/** Endpoints in the order in which programs got them. Linked through themselves: a run makes and drops many. */
export class OpenEndpoints {
  /** How many there are. */
  size = 0;
  private first: SimEndpoint | null = null;
  private last: SimEndpoint | null = null;

  get isEmpty(): boolean {
    return this.first === null;
  }

  add(endpoint: SimEndpoint): void {
    if (endpoint.isHeld) return;
    endpoint.isHeld = true;
    this.size += 1;
    endpoint.previousHeld = this.last;
    if (this.last === null) this.first = endpoint;
    else this.last.nextHeld = endpoint;
    this.last = endpoint;
  }

  /** Does nothing for one that is not held. */
  delete(endpoint: SimEndpoint): void {
    if (!endpoint.isHeld) return;
    const { previousHeld, nextHeld } = endpoint;
    if (previousHeld === null) this.first = nextHeld;
    else previousHeld.nextHeld = nextHeld;
    if (nextHeld === null) this.last = previousHeld;
    else nextHeld.previousHeld = previousHeld;
    endpoint.isHeld = false;
    this.size -= 1;
    endpoint.previousHeld = null;
    endpoint.nextHeld = null;
  }

  *[Symbol.iterator](): IterableIterator<SimEndpoint> {
    for (let endpoint = this.first; endpoint !== null; endpoint = endpoint.nextHeld) yield endpoint;
  }
}
