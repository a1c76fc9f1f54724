// `setTypeOfService` and `getTypeOfService`, which Node's sockets have since 24.15 and 26: recorded, since no simulated router looks at it.
import { checkInt32 } from './arguments.ts';
import { invalidArgType } from './node-errors.ts';
import type { FacadeSocket } from './socket.ts';
import { STATE } from './socket-state.ts';

/** Of a connection Linux leaves the lowest two bits alone: they belong to ECN (RFC 3168, section 5). */
const SETTABLE_BITS = 0xfc;

/** Gives a class of sockets these methods. */
export function addTypeOfService(prototype: object): void {
  const setTypeOfService = {
    value(this: FacadeSocket, tos: unknown): FacadeSocket {
      if (Number.isNaN(tos)) throw invalidArgType('tos', 'of type number', tos);
      this[STATE].typeOfService = checkInt32(tos, 'tos', 0, 255);
      return this;
    },
  };
  const getTypeOfService = {
    value(this: FacadeSocket): number {
      const { handle, typeOfService } = this[STATE];
      return handle === null ? typeOfService : typeOfService & SETTABLE_BITS;
    },
  };
  for (const [name, method] of Object.entries({ setTypeOfService, getTypeOfService }))
    Object.defineProperty(prototype, name, { ...method, writable: true, configurable: true });
}
