/** What a poisoned view is filled with. */
export declare const POISON_BYTE = 219;
/** Finds who keeps a received view after its handler has returned: each is a copy, overwritten after the turn. */
export declare class LentViews {
  private views;
  lend(bytes: Uint8Array): Uint8Array;
  poison(): void;
}
