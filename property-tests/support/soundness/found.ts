// Worlds in which merging once took two states for one, as fast-check has left them.
import type { Role } from './actor.ts';
import type { World } from './world.ts';

const silent: Role = { base: 'dispatcher', readSize: 1, script: {} };

const talking: Role = { ...silent, script: { connect: [[{ kind: 'send', size: 1 }]] } };

const world: World = {
  latencyMs: 0,
  windowBytes: 1,
  buffers: false,
  families: [],
  clients: [{ host: 0, role: talking, path: false }],
  server: silent,
  plan: [],
  leave: [],
  tellsContent: false,
  law: { on: 'none', sum: 1 },
  separate: false,
};

/** What each has shown. */
export const FOUND: readonly (readonly [string, World])[] = [
  [
    'a listener that is gone from one in its place',
    { ...world, families: ['stall'], plan: [{ atMs: 0, kind: 'crash' }] },
  ],
  [
    'what a channel still has to send, though it forgets it soon',
    {
      ...world,
      windowBytes: 2,
      families: ['short-send'],
      clients: [
        {
          host: 0,
          path: false,
          role: {
            base: 'chat',
            readSize: 1,
            script: { connect: [[{ kind: 'send', size: 2 }, { kind: 'forget' }, { kind: 'send', size: 1 }]] },
          },
        },
        { host: 0, role: talking, path: false },
      ],
      law: { on: 'all', sum: 4 },
    },
  ],
  [
    'whether a connection had ended before it was reset',
    {
      ...world,
      windowBytes: 2,
      families: ['split', 'refuse'],
      clients: [2, 1].map((size) => ({
        host: 0,
        path: false,
        role: { ...silent, script: { connect: [[{ kind: 'send' as const, size }]] } },
      })),
      server: { ...silent, script: { read: [[{ kind: 'close' }]] } },
      law: { on: 'all', sum: 4 },
    },
  ],
];
