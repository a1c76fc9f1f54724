/** As Linux chooses them. */
const EPHEMERAL_PORT_MIN = 32768;
const EPHEMERAL_PORT_MAX = 60999;
const ANY = { 4: '0.0.0.0', 6: '::' };
export class DatagramNetwork {
  constructor() {
    this.bound = new Map();
    this.nextPort = new Map();
  }
  /** A free port of `host`. Throws nothing: 28,232 sockets on one host are a mistake of another kind. */
  freePort(host) {
    let port = this.nextPort.get(host) ?? EPHEMERAL_PORT_MIN;
    const taken = new Set([...(this.bound.get(host) ?? [])].map(({ local }) => local.port));
    while (taken.has(port) && port < EPHEMERAL_PORT_MAX) port += 1;
    this.nextPort.set(host, port < EPHEMERAL_PORT_MAX ? port + 1 : EPHEMERAL_PORT_MIN);
    return port;
  }
  /** Returns the code of what forbids it, or null. */
  bind(host, mailbox, mayShare) {
    const boxes = this.bound.get(host) ?? new Set();
    const clashes = [...boxes].some(
      (other) =>
        other.local.port === mailbox.local.port &&
        (overlaps(other, mailbox.local.address) || overlaps(mailbox, other.local.address)),
    );
    if (clashes && !mayShare) return 'EADDRINUSE';
    this.bound.set(host, boxes.add(mailbox));
    return null;
  }
  unbind(host, mailbox) {
    this.bound.get(host)?.delete(mailbox);
  }
  /** A host has crashed: nobody is bound there any more. */
  forget(host) {
    this.bound.delete(host);
  }
  /** Sends `bytes` on their way; nobody is told whether they arrive. */
  send(host, from, bytes, to) {
    const { network } = host;
    const target = isOwn(host, to.address) ? host : network.find(to.address);
    if (target === null) return;
    const link = network.linkBetween(host, target);
    const source = sourceOf(host, target, from, to);
    const delayMs =
      target === host ? 0 : link.arrivalMs(link.enqueue(host, bytes.length)) - network.schedule.nowMs;
    // On the receiver's clock: what is under way to a host that crashes is gone.
    target.clock.setTimer(delayMs, () => {
      if (target !== host && !link.isOpen) return;
      const boxes = [...(this.bound.get(target) ?? [])];
      const box = boxes.find((found) => found.local.port === to.port && overlaps(found, to.address));
      if (box !== undefined) box.onDatagram(bytes, source);
      else from.onUnreachable(to);
    });
  }
}
/** Whether what is sent to `address` reaches this socket. */
function overlaps({ local, family }, address) {
  return (
    local.address === address || (local.address === ANY[family] && address.includes(':') === (family === 6))
  );
}
function isOwn(host, address) {
  return address.startsWith('127.') || address === '::1' || host.addresses.includes(address);
}
function sourceOf(host, target, { local }, to) {
  if (local.address !== ANY[4] && local.address !== ANY[6]) return local;
  const address = target === host ? to.address : (host.sourceFor(to.address) ?? local.address);
  return { address, port: local.port };
}
