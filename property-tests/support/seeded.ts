// A strategy for tests of the library of broken services: each decision deviates at its family's rate. The searches
// proper live in src/sim; this is only as much as it takes to know that the library can be caught.
import { type Label, type Strategy, type Weather, weatherOf } from '../../src/sim/index.ts';

export class Seeded implements Strategy {
  private readonly weather: Weather;
  private state = 0;
  private readonly seed: number;

  constructor(seed: number, weather: Parameters<typeof weatherOf>[0]) {
    this.seed = seed;
    this.weather = weatherOf(weather);
  }

  begin(): void {
    this.state = Math.imul(this.seed + 1, 0x9e3779b1) | 1;
    for (let round = 0; round < 4; round += 1) this.draw();
  }

  choose(label: Label, arity: number): number {
    const rate = (this.weather as Record<string, number>)[label.name] ?? 0;
    if (this.draw() >= rate) return 0;
    return 1 + Math.floor(this.draw() * (arity - 1));
  }

  /** xorshift32, as a fraction. */
  private draw(): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (this.state >>> 0) / 2 ** 32;
  }
}
