// Pools of connections whose idle ones break: a reset or an end that comes while nobody sends.
import net from 'node:net';
import { describe, expect, test } from 'vitest';
import { everySchedule, type ProgramBody, type ScheduleError } from '../../src/harness/program/index.ts';
import type { Simulation } from '../../src/sim/index.ts';

const PORT = 7;
const IDLE_ONLY = { weather: { idle: 0.5 }, method: 'bounded', deviations: 2 } as const;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A server that answers each line, on `db`; connections to it may break while they are idle. */
async function database(sim: Simulation): Promise<net.Server> {
  const server = net.createServer((socket) => {
    socket.on('error', () => {}).on('data', (line) => socket.write(`got ${line}`));
  });
  await sim.host('db').run(() => new Promise<void>((resolve) => server.listen(PORT, resolve)));
  sim.host('app');
  sim.link('app', 'db').mayBreakIdle();
  return server;
}

/** Keeps one connection between questions. */
class Pool {
  protected idle: net.Socket | null = null;

  async ask(question: string): Promise<string> {
    const socket = this.idle ?? net.connect(PORT, 'db');
    this.idle = null;
    const answer = await new Promise<string>((resolve, reject) => {
      socket.once('error', reject).once('data', (data) => resolve(String(data)));
      socket.once('close', () => reject(new Error('closed before the answer')));
      socket.write(question);
    });
    socket.removeAllListeners('error').removeAllListeners('close');
    this.keep(socket);
    return answer;
  }

  protected keep(socket: net.Socket): void {
    this.idle = socket;
  }

  end(): void {
    this.idle?.destroy();
  }
}

/** Looks after what it keeps. */
class CarefulPool extends Pool {
  protected override keep(socket: net.Socket): void {
    super.keep(socket);
    socket.on('error', () => {});
    for (const event of ['end', 'close'])
      socket.once(event, () => {
        if (this.idle === socket) this.idle = null;
        socket.destroy();
      });
  }
}

/** Hears of an error, so that the process lives on, but keeps the connection all the same. */
class DeafPool extends Pool {
  protected override keep(socket: net.Socket): void {
    super.keep(socket);
    socket.on('error', () => {});
  }
}

function asksTwice(make: () => Pool): ProgramBody {
  return async ({ sim }) => {
    const server = await database(sim);
    const pool = make();
    try {
      expect(await pool.ask('one')).toBe('got one');
      await pause(1_000);
      expect(await pool.ask('two')).toBe('got two');
    } finally {
      pool.end();
      server.close();
    }
  };
}

async function failureOf(body: ProgramBody): Promise<ScheduleError> {
  return everySchedule('two questions are answered', body, IDLE_ONLY).then(
    () => expect.fail('it holds'),
    (error) => error,
  );
}

describe('a pool of connections', () => {
  test('that does not listen to what it keeps dies of a reset', async () => {
    const { message, deviations } = await failureOf(asksTwice(() => new Pool()));
    expect(deviations).toEqual([
      expect.stringContaining('app → db (#1): the connection is reset while it is idle'),
    ]);
    expect(message).toContain('ECONNRESET');
  });

  test('that asks on a connection which has ended is found', async () => {
    const { message, deviations } = await failureOf(asksTwice(() => new DeafPool()));
    expect(deviations).toHaveLength(1);
    expect(message).toMatch(/closed before the answer|EPIPE|ERR_STREAM|ECONNRESET|destroyed|not settled/);
  });

  test('that lets go of what has ended passes', async () => {
    const report = await everySchedule(
      'two questions are answered',
      asksTwice(() => new CarefulPool()),
      IDLE_ONLY,
    );
    expect(report).toMatchObject({ isComplete: true, neverFired: [] });
    expect(report.faults.idle).toBeGreaterThan(1);
  });
});
