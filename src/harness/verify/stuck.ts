// Where a worker thread is that answers no more: a debugger can pause it, and ask.
import type { Session } from 'node:inspector';
import type { Worker } from 'node:worker_threads';
import { OWN } from '../../sim/report/place.ts';
import type { ToldRun } from './job.ts';

const KEY = 'foulweather.verify.run';

/** What a thread that does not end was doing. */
export interface Stuck {
  /** The call stack of the program, innermost first: `handleRead (/home/me/client.ts:12:5)`. */
  readonly stack: readonly string[];
  readonly run: ToldRun | null;
}

interface Frame {
  readonly callFrameId: string;
  readonly functionName: string;
  readonly location: {
    readonly scriptId: string;
    readonly lineNumber: number;
    readonly columnNumber?: number;
  };
}

interface Reply {
  readonly id?: number;
  readonly method?: string;
  readonly params?: {
    readonly callFrames: readonly Frame[];
    readonly scriptId: string;
    readonly url: string;
  };
  readonly result?: { readonly result?: { readonly value?: unknown } };
}

/** In the worker: lets `whereStuck` ask what run is under way. */
export function publishRun(tell: () => ToldRun | null): void {
  Object.defineProperty(globalThis, Symbol.for(KEY), { value: () => JSON.stringify(tell()) });
}

/** Pauses a worker in the midst of what it does. Null if that was not possible within `timeoutMs`. */
export async function whereStuck(worker: Worker, timeoutMs: number): Promise<Stuck | null> {
  const inspector = await import('node:inspector').catch(() => null);
  if (inspector === null) return null;
  const session = new inspector.Session();
  session.connect();
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      pause(session, worker.threadId),
      new Promise<null>((resolve) => {
        timer = setTimeout(resolve, timeoutMs, null);
      }),
    ]);
  } finally {
    clearTimeout(timer);
    session.disconnect();
  }
}

/** Talks to the worker's debugger through this thread's; see Node's `NodeWorker` domain. */
function pause(session: Session, threadId: number): Promise<Stuck | null> {
  return new Promise((resolve) => {
    let sessionId = '';
    let frames: readonly Frame[] = [];
    let run: ToldRun | null = null;
    const files = new Map<string, string>();
    const send = (id: number, method: string, params: object = {}): void =>
      session.post('NodeWorker.sendMessageToWorker', {
        sessionId,
        message: JSON.stringify({ id, method, params }),
      });
    session.on('NodeWorker.attachedToWorker', ({ params }) => {
      // The title has the number of the thread, the `workerId` only counts.
      if (!params.workerInfo.title.startsWith(`[worker ${threadId}]`)) return;
      sessionId = params.sessionId;
      send(1, 'Debugger.enable');
      send(2, 'Debugger.pause');
    });
    session.on('NodeWorker.receivedMessageFromWorker', ({ params }) => {
      if (params.sessionId !== sessionId) return;
      const reply = JSON.parse(params.message) as Reply;
      if (reply.method === 'Debugger.scriptParsed') files.set(reply.params!.scriptId, reply.params!.url);
      else if (reply.method === 'Debugger.paused' && frames.length === 0) {
        frames = reply.params!.callFrames;
        send(3, 'Debugger.evaluateOnCallFrame', {
          callFrameId: frames[0].callFrameId,
          expression: `globalThis[Symbol.for('${KEY}')]?.() ?? 'null'`,
          returnByValue: true,
        });
      } else if (reply.id === 3) {
        const value = reply.result?.result?.value;
        if (typeof value === 'string') run = JSON.parse(value) as ToldRun | null;
        // A thread that is left paused could not be terminated.
        send(4, 'Debugger.resume');
      } else if (reply.id === 4) {
        resolve({ stack: stackOf(frames, files), run });
      }
    });
    session.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
  });
}

/** The program's part of a call stack. */
function stackOf(frames: readonly Frame[], files: ReadonlyMap<string, string>): string[] {
  const stack: string[] = [];
  for (const { functionName, location } of frames) {
    const file = (files.get(location.scriptId) ?? '').replace(/^file:\/\//, '');
    if (file === '' || file.startsWith('node:') || OWN.test(file)) continue;
    const place = `${file}:${location.lineNumber + 1}:${(location.columnNumber ?? 0) + 1}`;
    stack.push(functionName === '' ? place : `${functionName} (${place})`);
  }
  return stack;
}
