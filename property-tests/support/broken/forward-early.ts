// Two forwarders that read the client before the remote is connected.
import type { ForwardClient } from '../../../src/services/index.ts';
import type { BrokenForward } from './service.ts';
import { forwardOf, type Mistake } from './variation.ts';

/** It takes its connection for established. */
const careless: Mistake = (Base) =>
  class extends Base {
    override take(received: Uint8Array): boolean {
      if (!this.connecting) return super.take(received);
      this.send(received);
      return true;
    }
  };

/** The end of stream is not lost, so that only bytes are. */
const patient: Mistake<ForwardClient> = (Base) =>
  class extends Base {
    override handleEnd(): void {
      const { peer } = this;
      if (!peer.connecting) {
        super.handleEnd();
        return;
      }
      peer.owesEnd = true;
      peer.wantWrite(true);
    }
  };

/** Reads at once. */
const eager: Mistake<ForwardClient> = (Base) =>
  class extends patient(Base) {
    override wantsRead = true;
  };

const CONNECT_MS = 20;

/** After a while, a remote that has not failed is taken for connected. */
const confident: Mistake<ForwardClient> = (Base) =>
  class extends patient(Base) {
    readonly reading = this.callLater(CONNECT_MS, () => super.wantRead(true));

    /** The remote's word, that it is connected, is not waited for. */
    override wantRead(wanted: boolean): void {
      if (this.peer.sentBytes + this.peer.unsentBytes > 0) super.wantRead(wanted);
    }
  };

export const losesEarlyBytes: BrokenForward = {
  name: 'forward: loses early bytes',
  kind: 'forward',
  group: 'bytes',
  mistake: 'reads the client before the remote is connected, and loses what comes until then',
  make: forwardOf(eager, careless),
};

export const assumesQuickConnect: BrokenForward = {
  name: 'forward: assumes a quick connect',
  kind: 'forward',
  group: 'ordering',
  mistake: 'takes the remote for connected when some time has passed, and loses bytes if it is not',
  make: forwardOf(confident, careless),
};
