import { describe, expect, test } from 'vitest';
import { type CloseReason, FileDispatcher, isBytes, type OpenFileOptions } from '../../src/core/index.ts';
import { type Host, ReplayStrategy, Simulation } from '../../src/sim/index.ts';

/** Notes what happens to a file, with the time. */
class Noting extends FileDispatcher {
  readonly events: string[] = [];
  text = '';
  private readonly sim: Simulation;

  constructor(sim: Simulation, file: string | number, options?: OpenFileOptions) {
    super(sim.host('disk').reactor, file, options);
    this.sim = sim;
    this.wantWrite(false);
  }

  override handleRead(): void {
    const data = this.recv(100);
    if (isBytes(data)) this.text += Buffer.from(data).toString();
  }

  override handleClose(reason: CloseReason): void {
    const what = 'error' in reason ? (reason.error as { code: string }).code : reason.kind;
    this.events.push(`${this.sim.nowMs} ${what}`);
  }
}

/** Writes all of a text, as far as each send goes, then closes. */
class Writer extends Noting {
  rest: Buffer;

  constructor(sim: Simulation, file: string, text: string, flags: OpenFileOptions['flags'] = 'w') {
    super(sim, file, { flags });
    this.rest = Buffer.from(text);
    this.wantWrite(true);
  }

  override handleWrite(): void {
    this.rest = this.rest.subarray(this.send(this.rest));
    if (this.rest.length > 0) this.wantWrite(true);
  }
}

function make(files: Record<string, string> = {}): { sim: Simulation; host: Host } {
  const sim = new Simulation();
  const host = sim.host('disk');
  host.volume.fromJSON(files);
  return { sim, host };
}

describe('a regular file', () => {
  test('is read to its end', () => {
    const { sim } = make({ '/a': 'x'.repeat(250) });
    const file = new Noting(sim, '/a');
    sim.run();
    expect([file.text.length, file.events]).toEqual([250, ['0 end']]);
  });

  test('has one position for reading and writing, as a descriptor has', () => {
    const { sim, host } = make({ '/a': 'abcdef' });
    class Middle extends Noting {
      override handleRead(): void {
        const data = this.recv(2);
        if (isBytes(data)) this.text += Buffer.from(data).toString();
        this.send(Buffer.from('XY'));
        this.close();
      }
    }
    const file = new Middle(sim, '/a', { flags: 'r+' });
    sim.run();
    expect([file.text, String(host.volume.readFileSync('/a'))]).toEqual(['ab', 'abXYef']);
  });

  test('opened for appending is written at its end, whoever else writes', () => {
    const { sim, host } = make({ '/log': '1\n' });
    const one = new Writer(sim, '/log', '2\n', 'a');
    sim.at(1, () => host.volume.appendFileSync('/log', '3\n'));
    sim.at(2, () => {
      one.send(Buffer.from('4\n'));
      one.close();
    });
    sim.run();
    expect(String(host.volume.readFileSync('/log'))).toBe('1\n2\n3\n4\n');
  });

  test.each([
    ['/missing', 'r', 'ENOENT'],
    ['/no/folder', 'w', 'ENOENT'],
    ['/', 'r', 'EISDIR'],
    ['/', 'w', 'EISDIR'],
  ] as const)('%s opened for %s: %s, once', (path, flags, code) => {
    const { sim } = make();
    const file = new Noting(sim, path, { flags });
    sim.run();
    expect(file.events).toEqual([`0 ${code}`]);
  });

  test('unknown flags fail at the call', () => {
    const { sim } = make();
    expect(() => new Noting(sim, '/a', { flags: 'x' as never })).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }),
    );
  });

  test('given by descriptor it is read from there, and the descriptor stays the caller’s', () => {
    const { sim, host } = make({ '/a': 'abcdef' });
    const descriptor = Number(host.volume.openSync('/a', 'r'));
    host.volume.readSync(descriptor, Buffer.alloc(4));
    const file = new Noting(sim, descriptor);
    host.volume.closeSync(descriptor);
    sim.run();
    expect([file.text, file.events]).toEqual(['ef', ['0 end']]);
  });

  test('a descriptor that is not open: EBADF', () => {
    const { sim } = make();
    const file = new Noting(sim, 4711);
    sim.run();
    expect(file.events).toEqual(['0 EBADF']);
  });
});

describe('a full disk', () => {
  test('takes what fits, and then ENOSPC, after the write was accepted', () => {
    const { sim, host } = make();
    host.disk.capacity({ bytes: 6 });
    const file = new Writer(sim, '/a', '0123456789');
    sim.run();
    expect([file.rest.length, file.events, String(host.volume.readFileSync('/a'))]).toEqual([
      0,
      ['0 ENOSPC'],
      '012345',
    ]);
  });

  test('counts all files, and has room again once one is removed', () => {
    const { sim, host } = make({ '/old': 'x'.repeat(8) });
    host.disk.capacity({ bytes: 10 });
    const first = new Writer(sim, '/a', 'abcd');
    sim.run();
    host.volume.unlinkSync('/old');
    const second = new Writer(sim, '/b', 'abcd');
    sim.at(5, () => second.close());
    sim.run();
    expect([first.events, second.events, host.disk.usedBytes]).toEqual([['0 ENOSPC'], [], 6]);
  });

  test('can be overwritten in place', () => {
    const { sim, host } = make({ '/a': 'abcd' });
    host.disk.capacity({ bytes: 4 });
    const file = new Writer(sim, '/a', 'ABCD', 'r+');
    file.wantRead(false);
    sim.at(1, () => file.close());
    sim.run();
    expect([file.events, String(host.volume.readFileSync('/a'))]).toEqual([[], 'ABCD']);
  });
});

describe('a failing disk', () => {
  test.each([
    ['open', 'EMFILE'],
    ['read', 'EIO'],
  ] as const)('fails the next %s with %s, and no more', (on, code) => {
    const { sim, host } = make({ '/a': 'abc' });
    host.disk.failNext(1, { on, code });
    const one = new Noting(sim, '/a');
    sim.run();
    const other = new Noting(sim, '/a');
    sim.run();
    expect([one.text, one.events, other.text]).toEqual(['', [`0 ${code}`], 'abc']);
  });

  test('a write fails after it was accepted, and nothing of it is there', () => {
    const { sim, host } = make();
    host.disk.failNext(1, { on: 'write' });
    const file = new Writer(sim, '/a', 'abc');
    sim.run();
    expect([file.rest.length, file.events, String(host.volume.readFileSync('/a'))]).toEqual([
      0,
      ['0 EIO'],
      '',
    ]);
  });

  test.each([
    ['a negative count', () => make().host.disk.failNext(-1, { on: 'read' }), 'ERR_OUT_OF_RANGE'],
    [
      'an unknown operation',
      () => make().host.disk.failNext(1, { on: 'seek' as never }),
      'ERR_INVALID_ARG_VALUE',
    ],
    ['a negative capacity', () => make().host.disk.capacity({ bytes: -1 }), 'ERR_OUT_OF_RANGE'],
    ['a negative delay', () => make().host.disk.latency({ delayMsMin: -1 }), 'ERR_OUT_OF_RANGE'],
    ['an empty range', () => make().host.disk.latency({ delayMsMin: 2, delayMsMax: 1 }), 'ERR_OUT_OF_RANGE'],
  ])('%s is refused at the call', (_what, call, code) => {
    expect(call).toThrow(expect.objectContaining({ code }));
  });
});

describe('a slow disk', () => {
  test('delays opening, each read and each write', () => {
    const { sim, host } = make({ '/a': 'abc' });
    host.disk.latency({ delayMsMin: 10 });
    const file = new Noting(sim, '/a');
    sim.run();
    // Opening, the bytes, and that there are no more.
    expect([file.text, file.events]).toEqual(['abc', ['30 end']]);
  });

  test('what was accepted before close is in the file later', () => {
    const { sim, host } = make();
    host.disk.latency({ delayMsMin: 10 });
    const file = new Writer(sim, '/a', 'abc');
    sim.at(12, () => file.close());
    sim.at(15, () => expect(String(host.volume.readFileSync('/a'))).toBe(''));
    sim.run();
    expect(String(host.volume.readFileSync('/a'))).toBe('abc');
  });

  test('a crash loses what was accepted and not yet written; the rest is there after the restart', () => {
    const { sim, host } = make({ '/kept': 'kept' });
    host.disk.latency({ delayMsMin: 10 });
    new Writer(sim, '/a', 'abc');
    sim.at(15, () => host.crash());
    sim.at(30, () => host.restart());
    sim.run({ allowOpen: true });
    expect(['/a', '/kept'].map((path) => String(host.volume.readFileSync(path)))).toEqual(['', 'kept']);
  });
});

describe('as decisions', () => {
  const run = (points: ConstructorParameters<typeof ReplayStrategy>[0]): Simulation => {
    const sim = new Simulation({
      families: ['disk', 'stall', 'short-send'],
      strategy: new ReplayStrategy(points),
      trace: true,
    });
    const file = new Writer(sim, '/a', 'abcd');
    sim.at(500_000, () => file.close());
    sim.run();
    return sim;
  };
  const ask = run([]).decisions;

  test('opening and writing ask for a stall, a failure and a short write', () => {
    expect(ask.labels.map(({ name }) => name)).toEqual(['stall', 'disk', 'short-send', 'stall', 'disk']);
    expect(ask.arities).toEqual([4, 5, 4, 4, 5]);
  });

  test.each([
    [4, 1, '', 'disk of disk: the write fails with EIO'],
    [4, 2, 'ab', 'disk of disk: it is full after 2 of the 4 bytes of a write: ENOSPC'],
    [4, 3, '', 'disk of disk: the write fails with ENOSPC'],
    [4, 4, '', 'disk of disk: the write fails with EDQUOT'],
    [1, 4, undefined, 'disk of disk: the open fails with EROFS'],
    [1, 1, undefined, 'disk of disk: the open fails with EIO'],
    [3, 2, 'abcd', 'disk of disk: stalls for 5000 ms before the write'],
  ])('decision %i as %i', (index, choice, content, text) => {
    const sim = run([{ index, choice }]);
    const there = sim.host('disk').volume.toJSON() as Record<string, string>;
    expect(there['/a']).toBe(content);
    expect(sim.trace!.deviations.map((deviation) => deviation.text)).toEqual([text]);
  });
});

describe('a file that changes while it is open', () => {
  /** Reads 4 bytes, lets `change` happen, and reads on. */
  function readAround(change: (host: Host) => void): [string, string[]] {
    const { sim, host } = make({ '/a': 'abcdefgh' });
    const file = new (class extends Noting {
      override handleRead(): void {
        const data = this.recv(4);
        if (isBytes(data)) this.text += Buffer.from(data).toString();
        if (sim.nowMs < 10) this.wantRead(false);
      }
    })(sim, '/a');
    sim.at(10, () => change(host));
    sim.at(20, () => file.wantRead(true));
    sim.run();
    return [file.text, file.events];
  }

  test.each<[string, (host: Host) => void, string]>([
    ['that is cut short ends there', ({ volume }) => volume.truncateSync('/a', 2), 'abcd'],
    [
      'that has grown is read to its new end',
      ({ volume }) => volume.appendFileSync('/a', 'ij'),
      'abcdefghij',
    ],
    ['that is removed is read to its end', ({ volume }) => volume.unlinkSync('/a'), 'abcdefgh'],
    [
      'that is renamed is read to its end, whatever takes its name',
      ({ volume }) => {
        volume.renameSync('/a', '/b');
        volume.writeFileSync('/a', 'XXXXXXXX');
      },
      'abcdefgh',
    ],
    ['that is written over shows it', ({ volume }) => volume.writeFileSync('/a', 'ABCDEFGH'), 'abcdEFGH'],
  ])('%s', (_title, change, text) => {
    expect(readAround(change)).toEqual([text, ['20 end']]);
  });
});
