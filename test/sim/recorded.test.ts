import { expect, test } from 'vitest';
import { Dispatcher } from '../../src/core/index.ts';
import { explore, formatReport, type Report, type Scenario } from '../../src/sim/index.ts';

/** A client that fails when its one send takes fewer bytes than `fewest`. */
const sending = (sizeBytes: number, fewest = 2): Scenario => ({
  name: 'sending',
  setup(sim) {
    const listener = new Dispatcher(sim.host('server').reactor);
    listener.bind({ host: '0.0.0.0', port: 7 });
    listener.listen();
    class Client extends Dispatcher {
      override handleConnect(): void {
        if (this.send(new Uint8Array(sizeBytes)) < fewest) throw new Error('cut');
        this.close();
      }
    }
    new Client(sim.host('client').reactor).connect({ host: 'server', port: 7 });
  },
  run: { untilMs: 1000, allowOpen: true },
});

const replayOf = ({ failure }: Report): string => failure!.replay;

test('a recorded schedule fails again whatever the weather of the search is', () => {
  const recorded = replayOf(explore(sending(2)));
  const again = explore(sending(2), { weather: 'calm', regressions: [recorded] });
  expect(again.failure).toMatchObject({ replay: recorded, foundBy: 'a recorded schedule' });
});

test('a recorded schedule of other code is counted as such', () => {
  const recorded = replayOf(explore(sending(2)));
  const report = explore(sending(9), { schedules: 20, regressions: [recorded] });
  expect(report.recorded).toEqual({ run: 1, changed: 1 });
  expect(formatReport(report)).toMatch(
    /^ {2}recorded {4}1 recorded schedule first; 1 of them against other code/m,
  );
});

test('a recorded schedule that holds since the code was mended, and decides as before, is none of other code', () => {
  const recorded = replayOf(explore(sending(2)));
  const report = explore(sending(2, 1), { schedules: 20, regressions: [recorded] });
  expect(report.recorded).toEqual({ run: 1, changed: 0 });
  expect(formatReport(report)).toMatch(/^ {2}recorded {4}1 recorded schedule first$/m);
});
