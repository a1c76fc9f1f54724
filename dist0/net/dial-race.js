import { TransportError } from '../core/index.js';
import { blockedError, isBlocked } from './block-list.js';
import { CONTEXT } from './context.js';
import { aggregateError, nodeError } from './node-errors.js';
import { STATE } from './socket-state.js';
import { StreamHandle } from './stream-handle.js';

/** Node never waits less than this for one attempt. */
const ATTEMPT_MS_MIN = 10;
/** Tries addresses one after the other; each but the last has a limited time. The first that answers wins. */
export class DialRace {
  constructor(dial, targets) {
    this.errors = [];
    this.index = 0;
    this.timer = null;
    this.dial = dial;
    this.targets = targets;
    const { autoSelectFamilyAttemptTimeout } = dial.options;
    this.attemptMs =
      autoSelectFamilyAttemptTimeout === undefined
        ? dial.socket[CONTEXT].autoSelectFamilyAttemptTimeoutMs
        : Math.max(ATTEMPT_MS_MIN, autoSelectFamilyAttemptTimeout);
    dial.socket.autoSelectFamilyAttemptedAddresses = [];
  }
  cancel() {
    this.timer?.cancel();
    this.timer = null;
  }
  /** Makes the next attempt, or gives up. */
  next() {
    const { dial, targets, errors } = this;
    const { socket } = dial;
    this.cancel();
    if (!dial.isWanted) return;
    if (this.index === targets.length) {
      socket.destroy(errors.length === 0 ? timedOut() : aggregateError(errors));
      return;
    }
    const target = targets[this.index];
    this.index += 1;
    if (this.index > 1) socket.attach(new StreamHandle({ isPath: false }));
    socket.autoSelectFamilyAttemptedAddresses?.push(`${target.address}:${target.port}`);
    if (isBlocked(dial.blockList, target)) {
      const blocked = blockedError(target.address);
      errors.push(blocked);
      socket.emit('connectionAttemptFailed', target.address, target.port, target.family, blocked);
      this.next();
      return;
    }
    socket.emit('connectionAttempt', target.address, target.port, target.family);
    if (!dial.isWanted) return;
    const remote = { host: target.address, port: target.port };
    dial.open(remote, dial.localEnd(), (error) => this.settle(error, target));
    if (this.index < targets.length) {
      const { handle, host } = socket[STATE];
      this.timer = host.clock.setTimer(this.attemptMs, () => handle?.defer(() => this.expire(target)));
    }
  }
  settle(error, target) {
    const { dial, errors } = this;
    this.cancel();
    if (error === null) {
      dial.socket.finishConnect();
      return;
    }
    const failure = dial.errorOf(error, { address: target.address, port: target.port });
    errors.push(failure);
    dial.socket.emit('connectionAttemptFailed', target.address, target.port, target.family, failure);
    dial.socket[STATE].handle?.close();
    this.next();
  }
  expire(target) {
    const { dial, errors } = this;
    // It may have been answered between the timer and this.
    if (this.timer === null || !dial.isWanted) return;
    dial.socket.emit('connectionAttemptTimeout', target.address, target.port, target.family);
    const { address, port } = target;
    errors.push(dial.errorOf(new TransportError('ETIMEDOUT', { syscall: 'connect' }), { address, port }));
    dial.socket[STATE].handle?.close();
    this.next();
  }
}
function timedOut() {
  return nodeError(Error, 'ERR_SOCKET_CONNECTION_TIMEOUT', 'Socket connection timeout');
}
