import type { Host } from './host.ts';
export declare class HostFailures {
  /** Whether it may stand still. */
  mayPause: boolean;
  private readonly host;
  private boot;
  private crashes;
  private pauses;
  private end;
  private endsAtMs;
  constructor(host: Host);
  /** Whether it may crash. */
  get mayCrash(): boolean;
  /** It may crash from now on. Throws ArgumentError. */
  start(boot: (host: Host) => void): void;
  /** Its programs have had a turn. */
  afterTurn(): void;
  /** @internal Its state as text, for merging equal states. */
  stateText(): string;
  private decideCrash;
  private decidePause;
  private decide;
  private after;
}
