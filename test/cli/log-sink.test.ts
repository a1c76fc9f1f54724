// When log lines are written, and in how many writes.
import * as fs from 'node:fs';
import { expect, test, vi } from 'vitest';
import { LogSink } from '../../src/cli/service/log-sink.ts';

vi.mock('node:fs', async (importOriginal) => {
  const original = await importOriginal<typeof fs>();
  return { ...original, write: vi.fn(), writeSync: vi.fn() };
});

/** A sink whose writes are taken when the test says so. */
function sinkWithWrites(): { sink: LogSink; written: string[]; finish: () => void } {
  const written: string[] = [];
  let done: (() => void)[] = [];
  vi.mocked(fs.write as (...given: unknown[]) => void).mockImplementation((...given) => {
    const chunk = given[1] as Buffer;
    const callback = given.at(-1) as (error: Error | null, written: number) => void;
    written.push(String(chunk));
    done.push(() => callback(null, chunk.length));
  });
  const finish = (): void => {
    const finished = done;
    done = [];
    for (const call of finished) call();
  };
  return { sink: new LogSink(1), written, finish };
}

test('a line after a pause is written at once', () => {
  const { sink, written } = sinkWithWrites();
  sink.write('a\n');
  expect(written).toEqual(['a\n']);
});

test('lines that follow closely go in one write', () => {
  vi.useFakeTimers();
  try {
    const { sink, written, finish } = sinkWithWrites();
    sink.write('a\n');
    finish();
    for (const line of ['b\n', 'c\n', 'd\n']) sink.write(line);
    const before = [...written];
    vi.advanceTimersByTime(10);
    expect([before, written]).toEqual([['a\n'], ['a\n', 'b\nc\nd\n']]);
  } finally {
    vi.useRealTimers();
  }
});

test('what is gathered is written at once when somebody waits for it', () => {
  const { sink, written, finish } = sinkWithWrites();
  const calls: string[] = [];
  sink.write('a\n');
  finish();
  sink.write('b\n');
  sink.whenWritten(() => calls.push('written'));
  const before = [...calls];
  finish();
  expect([written, before, calls]).toEqual([['a\n', 'b\n'], [], ['written']]);
});

test('what comes while somebody waits is written without a pause', () => {
  const { sink, written, finish } = sinkWithWrites();
  const calls: string[] = [];
  sink.write('a\n');
  sink.whenWritten(() => calls.push('written'));
  sink.write('b\n');
  finish();
  finish();
  expect([written, calls]).toEqual([['a\n', 'b\n'], ['written']]);
});
