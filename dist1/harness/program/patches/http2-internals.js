import { Duplex } from 'node:stream';
import { http2 } from './node-http.js';

function lookInside() {
  const silent = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
  const session = http2.connect('http://inside', { createConnection: () => silent });
  const stream = session.request();
  const base = (object) => Object.getPrototypeOf(Object.getPrototypeOf(object));
  // `session.socket` is a proxy that refuses much of it.
  const socket = Object.getOwnPropertySymbols(session).find(({ description }) => description === 'socket');
  const found = {
    adaptorPrototype: Object.getPrototypeOf(session[socket]),
    timedPrototypes: [base(session), base(stream)],
    streamPrototype: base(stream),
  };
  for (const object of [stream, session]) object.on('error', () => {});
  session.destroy();
  return found;
}
export const { adaptorPrototype, timedPrototypes, streamPrototype } = lookInside();
