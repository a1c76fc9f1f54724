// What installations of one process share, and what one leaves to the next.
import net from 'node:net';
import { expect, test } from 'vitest';
import { runProgram } from '../../src/harness/program/index.ts';
import { Simulation } from '../../src/sim/index.ts';

test('a second installation marks promises with nothing that the first did not', async () => {
  const marks = (): Promise<symbol[]> =>
    runProgram(new Simulation(), ({ sim }) =>
      sim.host('server').run(async () => {
        await null;
        return Object.getOwnPropertySymbols(Promise.resolve());
      }),
    );
  expect(await marks()).toEqual(await marks());
});

test("code that an earlier test has left behind is on the later simulation's default host", async () => {
  let leave = (): void => {};
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  let listening: Promise<string> | undefined;
  const first = new Simulation();
  await runProgram(first, () =>
    first.host('server').run(() => {
      listening = left.then(async () => {
        const server = net.createServer();
        await new Promise<void>((resolve) => server.listen(80, 'app', resolve));
        const { address } = server.address() as net.AddressInfo;
        server.close();
        return address;
      });
    }),
  );
  const second = new Simulation();
  const address = await runProgram(second, async () => {
    // Contexts are followed from the first `run` on.
    second.host('server').run(() => {});
    leave();
    return await listening;
  });
  expect(address).toBe(second.host('app').address);
});
