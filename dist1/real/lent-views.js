/** What a poisoned view is filled with. */
export const POISON_BYTE = 0xdb;
/** Finds who keeps a received view after its handler has returned: each is a copy, overwritten after the turn. */
export class LentViews {
  constructor() {
    this.views = [];
  }
  lend(bytes) {
    const view = bytes.slice();
    this.views.push(view);
    return view;
  }
  poison() {
    for (const view of this.views) view.fill(POISON_BYTE);
    this.views.length = 0;
  }
}
