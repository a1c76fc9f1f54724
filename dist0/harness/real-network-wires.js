import crypto from 'node:crypto';
import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';
import { watchAlso } from '../sim/tripwires.js';

const NETWORK = 'connect and listen through a simulated host';
const CHANCE = 'use sim.decide, or a generator with a seed of its own';
const WIRES = [
  {
    holder: net.Socket.prototype,
    key: 'connect',
    name: 'a real socket (net.Socket.connect)',
    instead: NETWORK,
  },
  {
    holder: net.Server.prototype,
    key: 'listen',
    name: 'a real server (net.Server.listen)',
    instead: NETWORK,
  },
  {
    holder: dgram.Socket.prototype,
    key: 'send',
    name: 'a real socket (dgram.Socket.send)',
    instead: NETWORK,
  },
  {
    holder: dgram.Socket.prototype,
    key: 'bind',
    name: 'a real socket (dgram.Socket.bind)',
    instead: NETWORK,
  },
  { holder: dns, key: 'lookup', name: 'dns.lookup', instead: NETWORK },
  ...['randomBytes', 'randomInt', 'randomUUID'].map((key) => ({
    holder: crypto,
    key,
    name: `crypto.${key}`,
    instead: CHANCE,
  })),
];
/** Lets a synchronous scenario that opens a real socket, or draws real chance, fail with the place that does. */
export function watchRealNetwork() {
  watchAlso(WIRES);
}
