import { type Behaviour, LOOPBACK, type Server, type World } from '../world.ts';

/** Something that is open for as long as `script` leaves it so: without a channel a loop is over. */
function whileOpen(world: World, script: (channel: Server) => void): void {
  world.listen(LOOPBACK, {}, { onListening: script });
}

export const TIMERS: readonly Behaviour[] = [
  {
    title: 'timers fire in the order of their times, not in that of their calls',
    run: (world) =>
      whileOpen(world, (channel) => {
        channel.callLater(60, () => channel.close());
        channel.callLater(30, () => channel.note('30'));
        channel.callLater(5, () => channel.note('5'));
      }),
    expected: { listener: ['5', '30'] },
  },
  {
    title: 'timers for one time fire in the order of their calls',
    run: (world) =>
      whileOpen(world, (channel) => {
        for (const name of ['a', 'b', 'c']) channel.callLater(5, () => channel.note(name));
        channel.callLater(40, () => channel.close());
      }),
    expected: { listener: ['a', 'b', 'c'] },
  },
  {
    title: 'a timer of 0 ms fires after its call has returned',
    run: (world) =>
      whileOpen(world, (channel) => {
        channel.callLater(0, () => {
          channel.note('fired');
          channel.close();
        });
        channel.note('returned');
      }),
    expected: { listener: ['returned', 'fired'] },
  },
  {
    title: 'a timer that is cancelled does not fire, twice is once',
    run: (world) =>
      whileOpen(world, (channel) => {
        const timer = channel.callLater(5, () => channel.note('fired'));
        timer.cancel();
        timer.cancel();
        channel.callLater(30, () => channel.close());
      }),
    expected: {},
  },
  {
    title: 'a timer can cancel another that is due',
    run: (world) =>
      whileOpen(world, (channel) => {
        channel.callLater(5, () => second.cancel());
        const second = channel.callLater(5, () => channel.note('fired'));
        channel.callLater(40, () => channel.close());
      }),
    expected: {},
  },
  {
    title: 'a timer set in a timer fires later',
    run: (world) =>
      whileOpen(world, (channel) => {
        channel.callLater(5, () => {
          channel.callLater(0, () => {
            channel.note('inner');
            channel.close();
          });
          channel.note('outer');
        });
      }),
    expected: { listener: ['outer', 'inner'] },
  },
  {
    title: "a closed channel's timers do not fire",
    run: (world) => {
      const other = world.listen(LOOPBACK, {}, {}, { name: 'other' });
      whileOpen(world, (channel) => {
        channel.callLater(5, () => channel.note('fired'));
        channel.close();
        other.callLater(40, () => other.close());
      });
    },
    expected: {},
  },
  {
    title: 'a timer of the reactor outlives any channel, and keeps no loop going',
    run: (world) =>
      whileOpen(world, (channel) => {
        world.reactor.callLater(5, () => channel.note('fired'));
        channel.callLater(40, () => channel.close());
      }),
    expected: { listener: ['fired'] },
  },
  {
    title: 'an exception in a timer of a channel reaches its handleError',
    run: (world) =>
      whileOpen(world, (channel) => {
        channel.callLater(5, () => {
          throw new Error('late');
        });
        channel.callLater(40, () => channel.close());
      }),
    expected: { listener: ['error late'] },
  },
  {
    title: 'callEvery goes on until it is cancelled',
    run: (world) =>
      whileOpen(world, (channel) => {
        let beats = 0;
        const timer = world.reactor.callEvery(4, () => {
          beats += 1;
          channel.note(`beat ${beats}`);
          if (beats < 3) return;
          timer.cancel();
          channel.callLater(30, () => channel.close());
        });
      }),
    expected: { listener: ['beat 1', 'beat 2', 'beat 3'] },
  },
  {
    title: 'time passes between a timer and its firing, by no less than was asked for',
    run: (world) =>
      whileOpen(world, (channel) => {
        const startedMs = world.reactor.now();
        channel.callLater(10, () => {
          // Node's timers may be early by the rounding of a millisecond.
          channel.note(world.reactor.now() - startedMs >= 9 ? 'late enough' : 'early');
          channel.close();
        });
      }),
    expected: { listener: ['late enough'] },
  },
];
