import { describe, expect, test } from 'vitest';
import { Dispatcher, type Endpoint, isBytes } from '../../src/core/index.ts';
import { echoScenario } from '../../src/harness/scenarios/echo.ts';
import { explore, Simulation } from '../../src/sim/index.ts';
import '../../src/vitest/index.ts';

/** Takes one receive for the whole message: closes after it has echoed once. */
class OneReadEcho extends Dispatcher {
  override handleRead(): void {
    const data = this.recv(65536);
    if (!isBytes(data)) return;
    this.send(data);
    this.close();
  }
}

class OneReadListener extends Dispatcher {
  override handleAccepted(endpoint: Endpoint): void {
    new OneReadEcho(this.reactor, endpoint);
  }
}

const right = echoScenario({ name: 'echo-1x2', connections: 1, bytes: 2, families: ['split', 'end'] });
const broken = echoScenario({
  name: 'one-read',
  connections: 1,
  bytes: 3,
  serve(sim) {
    const listener = new OneReadListener(sim.host('server').reactor);
    listener.bind({ host: '0.0.0.0', port: 7 });
    listener.listen();
  },
});

describe('toHold and toHoldEverywhere', () => {
  test('a complete search without a failure holds everywhere', () => {
    expect(explore(right, { method: 'exhaustive' })).toHoldEverywhere();
  });

  test('a search that is cut short holds, but not everywhere', () => {
    const report = explore(right, { method: 'exhaustive', schedules: 2 });
    expect(report).toHold();
    expect(() => expect(report).toHoldEverywhere()).toThrow(
      /no schedule failed, but not all were run.*cut off/s,
    );
  });

  test('a failure is printed with its replay string', () => {
    const report = explore(broken, { schedules: 200 });
    expect(report).not.toHold();
    expect(() => expect(report).toHold()).toThrow(/replay {6}npx foulweather verify --replay fw2\.one-read/);
  });

  test('what is no report is named', () => {
    expect(() => expect(Promise.resolve()).toHold()).toThrow(/await the latter/);
  });
});

describe('toHaveFired', () => {
  test('families that happened pass, one that did not is named', () => {
    const report = explore(right, { method: 'exhaustive' });
    expect(report).toHaveFired('split', 'end');
    expect(() => expect(report).toHaveFired('split', 'reset')).toThrow(/^reset never happened/);
    expect(() => expect(report).not.toHaveFired('split')).toThrow(/not expected, and happened: split \d+/);
  });

  test('a simulation is asked, too', () => {
    expect(new Simulation()).not.toHaveFired('stall');
  });

  test('a family that there is not is named', () => {
    expect(() => expect(new Simulation()).toHaveFired('drop' as 'reset')).toThrow(
      /"drop" is no fault family/,
    );
  });
});

describe('toBePrefixOf', () => {
  test('strings, bytes and arrays', () => {
    expect('sun').toBePrefixOf('sunny');
    expect('sunny').toBePrefixOf('sunny');
    expect('').toBePrefixOf('sunny');
    expect(Buffer.from('sun')).toBePrefixOf(Buffer.from('sunny'));
    expect(['a']).toBePrefixOf(['a', 'b']);
    expect('sunnyy').not.toBePrefixOf('sunny');
  });

  test('the first difference is told', () => {
    expect(() => expect('surly').toBePrefixOf('sunny')).toThrow(
      'what came differs from what was sent at character 2: "rly" instead of "nny"',
    );
    expect(() => expect(Buffer.from('sunny!')).toBePrefixOf(Buffer.from('sunny'))).toThrow(
      'at byte 5: "!" instead of nothing',
    );
  });
});
