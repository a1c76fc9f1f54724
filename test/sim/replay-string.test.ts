import { describe, expect, test } from 'vitest';
import { echoScenario } from '../../src/harness/scenarios/index.ts';
import {
  FAMILIES,
  formatReplay,
  parseReplay,
  RandomStrategy,
  RecordedStrategy,
  runScenario,
  WEATHERS,
} from '../../src/sim/index.ts';

const scenario = echoScenario({ name: 'echo', connections: 2, bytes: 9 });
const stormy = runScenario(scenario, new RandomStrategy(3, WEATHERS.storm));
const text = formatReplay('echo', FAMILIES, stormy.decisions);

describe('a replay string', () => {
  test('replays the same choices', () => {
    const strategy = new RecordedStrategy(parseReplay(text));
    const run = runScenario(scenario, strategy);
    strategy.expectMet(run.decisions);
    expect(run.decisions.choices).toEqual(stormy.decisions.choices);
  });

  test('is safe in a shell and in a URL', () => {
    expect(text).toMatch(/^[A-Za-z0-9.-]+$/);
  });

  test('of another version is refused', () => {
    expect(() => parseReplay(`fw9${text.slice(3)}`)).toThrow('not recorded by this version');
  });

  test('that is cut short is refused', () => {
    expect(() => parseReplay(text.slice(0, text.lastIndexOf('.')))).toThrow('cut short');
  });

  test('that is cut anywhere is refused, and so is one with any character changed', () => {
    const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-';
    const damaged: string[] = [];
    for (let at = 0; at < text.length; at += 1) {
      damaged.push(text.slice(0, at));
      for (const letter of letters)
        if (letter !== text[at]) damaged.push(text.slice(0, at) + letter + text.slice(at + 1));
    }
    const accepted = damaged.filter((other) => {
      try {
        parseReplay(other);
        return true;
      } catch (error) {
        expect(error).toMatchObject({ code: 'ERR_REPLAY' });
        return false;
      }
    });
    expect(accepted).toEqual([]);
  });

  test('of the version before, which had no sum, is read', () => {
    const before = text.replace('fw2', 'fw1').replace(/-[0-9a-z]+$/, '');
    expect(parseReplay(before)).toEqual(parseReplay(text));
  });

  test('tells how many events one lets go ahead, from the third version on', () => {
    const waits = [{ index: 2, choice: 1, ahead: 4 }];
    const told = formatReplay('echo', FAMILIES, stormy.decisions, waits);
    expect(told).toMatch(/^fw3\.echo\.[0-9a-z]+\.2or1-\dx4\.k/);
    expect(parseReplay(told).points).toMatchObject(waits);
    const before = told.replace('fw3', 'fw1').replace(/-[0-9a-z]+$/, '');
    expect(() => parseReplay(before)).toThrow('only what is due first can let others go ahead');
  });

  test('recorded against other code fails with the first decision that differs', () => {
    const changed = echoScenario({ name: 'echo', connections: 1, bytes: 4 });
    const replay = (): void => {
      const strategy = new RecordedStrategy(parseReplay(text));
      strategy.expectMet(runScenario(changed, strategy).decisions);
    };
    expect(replay).toThrow(/decision \d+ (differs: recorded was|\()/);
  });
});
