// What vitest itself waits with, in a body.
import { expect, vi } from 'vitest';
import { everySchedule, test } from '../../src/vitest/index.ts';

/** True from `atMs` on. */
function after(atMs: number): () => boolean {
  let isDue = false;
  setTimeout(() => {
    isDue = true;
  }, atMs).unref();
  return () => isDue;
}

test('vi.waitFor looks again on virtual time', async ({ sim }) => {
  const isDue = after(40_000);
  await vi.waitFor(() => expect(isDue()).toBe(true), { timeout: 60_000, interval: 1000 });
  expect(sim.nowMs).toBeGreaterThanOrEqual(40_000);
  expect(sim.nowMs).toBeLessThan(42_000);
});

test('vi.waitUntil gives up on virtual time', async ({ sim }) => {
  const isDue = after(90_000);
  await expect(vi.waitUntil(isDue, { timeout: 60_000, interval: 1000 })).rejects.toThrow('Timed out');
  expect(sim.nowMs).toBe(60_000);
});

test('expect.poll looks again on virtual time', async ({ sim }) => {
  await expect.poll(after(40_000), { timeout: 60_000, interval: 1000 }).toBe(true);
  expect(sim.nowMs).toBeGreaterThanOrEqual(40_000);
  expect(sim.nowMs).toBeLessThan(42_000);
});

everySchedule('vi.waitFor is of use in a search', { schedules: 3 }, async ({ sim }) => {
  const isDue = after(5000);
  await vi.waitFor(() => expect(isDue()).toBe(true), { timeout: 60_000, interval: 1000 });
  expect(sim.nowMs).toBeLessThan(7000);
});
