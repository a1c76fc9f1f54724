import { describe, expect, test } from 'vitest';
import { type CloseReason, Dispatcher, END_OF_STREAM, type Endpoint, isBytes } from '../../src/core/index.ts';
import { ReplayStrategy, random, Simulation } from '../../src/sim/index.ts';

class Noting extends Dispatcher {
  readonly events: string[] = [];
  text = '';

  constructor(sim: Simulation, endpoint: Endpoint) {
    super(sim.host('machine').reactor, endpoint);
    this.wantWrite(false);
  }

  override handleRead(): void {
    const data = this.recv(100_000);
    if (isBytes(data)) this.text += Buffer.from(data).toString();
  }

  override handleEnd(): void {
    this.events.push('end');
    this.close();
  }

  override handleClose(reason: CloseReason): void {
    this.events.push('error' in reason ? (reason.error as { code: string }).code : reason.kind);
  }
}

/** Writes all of a text, then closes. */
class Pouring extends Noting {
  rest: Buffer;

  constructor(sim: Simulation, endpoint: Endpoint, text: string) {
    super(sim, endpoint);
    this.rest = Buffer.from(text);
    this.wantWrite(true);
  }

  override handleWrite(): void {
    this.rest = this.rest.subarray(this.send(this.rest));
    if (this.rest.length === 0) this.close();
    else this.wantWrite(true);
  }
}

describe('a pipe', () => {
  test('carries bytes, and ends when its writer closes', () => {
    const sim = new Simulation();
    const { reader, writer } = sim.host('machine').pipe();
    const sink = new Noting(sim, reader);
    new Pouring(sim, writer, 'hello');
    sim.run();
    expect([sink.text, sink.events]).toEqual(['hello', ['end']]);
  });

  test('holds 64 KiB, and takes more as it is read', () => {
    const sim = new Simulation();
    const { reader, writer } = sim.host('machine').pipe();
    expect([writer.send(Buffer.alloc(100_000)), writer.send(Buffer.alloc(1))]).toEqual([65_536, 0]);
    const got = reader.recv(5_000);
    expect([isBytes(got) && got.length, writer.send(Buffer.alloc(100_000))]).toEqual([5_000, 5_000]);
  });

  test('takes a write of up to 4,096 bytes whole or not at all', () => {
    const sim = new Simulation();
    const { reader, writer } = sim.host('machine').pipe();
    writer.send(Buffer.alloc(65_536 - 4_095));
    expect(writer.send(Buffer.alloc(4_096))).toBe(0);
    reader.recv(1);
    expect(writer.send(Buffer.alloc(4_096))).toBe(4_096);
  });

  test('whose reader has gone fails its writer with EPIPE', () => {
    const sim = new Simulation();
    const { reader, writer } = sim.host('machine').pipe();
    const source = new Noting(sim, writer);
    reader.close();
    sim.run();
    expect(source.events).toEqual(['EPIPE']);
  });

  test('whose writer ended reads END_OF_STREAM after the last byte, again and again', () => {
    const sim = new Simulation();
    const { reader, writer } = sim.host('machine').pipe();
    writer.send(Buffer.from('a'));
    writer.shutdownWrite();
    expect([String(reader.recv(9)), reader.recv(9), reader.recv(9)]).toEqual([
      '97',
      END_OF_STREAM,
      END_OF_STREAM,
    ]);
  });

  test.each(['storm', 'breeze'] as const)('in a %s loses, doubles and swaps nothing', (weather) => {
    const text = Array.from({ length: 30_000 }, (_, index) => String.fromCharCode(97 + (index % 26))).join(
      '',
    );
    for (let seed = 1; seed <= 50; seed += 1) {
      const sim = new Simulation({ strategy: random(seed, weather) });
      const { reader, writer } = sim.host('machine').pipe();
      const sink = new Noting(sim, reader);
      new Pouring(sim, writer, text);
      sim.run();
      expect([sink.text === text, sink.events]).toEqual([true, ['end']]);
    }
  });

  test('says what fell short', () => {
    const sim = new Simulation({
      strategy: new ReplayStrategy([{ index: 0, choice: 3 }]),
      families: ['short-send'],
      trace: true,
    });
    const { writer } = sim.host('machine').pipe();
    writer.send(Buffer.alloc(5_000));
    expect(sim.trace!.deviations.map(({ text }) => text)).toEqual([
      'pipe of machine: send accepts 4997 of 5000 bytes',
    ]);
  });
});

describe('a FIFO', () => {
  test('cannot take the place of a file', () => {
    const host = new Simulation().host('machine');
    host.volume.writeFileSync('/a', '');
    expect(() => host.makeFifo('/a')).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }));
  });

  test('whose name was removed is gone: the name is free for a file', () => {
    const sim = new Simulation();
    const host = sim.host('machine');
    host.makeFifo('/a');
    host.volume.unlinkSync('/a');
    host.volume.writeFileSync('/a', 'file');
    const sink = new Noting(sim, host.openFile('/a'));
    sim.run();
    expect([sink.text, sink.events]).toEqual(['file', ['end']]);
  });

  test('is empty after a crash, and can be opened again', () => {
    const sim = new Simulation();
    const host = sim.host('machine');
    host.makeFifo('/a');
    host.openFile('/a');
    const writer = host.openFile('/a', { flags: 'w' });
    sim.at(1, () => writer.send(Buffer.from('lost')));
    sim.at(2, () => host.crash());
    let sink: Noting | undefined;
    sim.at(3, () => {
      host.restart();
      sink = new Noting(sim, host.openFile('/a'));
      new Pouring(sim, host.openFile('/a', { flags: 'w' }), 'kept');
    });
    sim.run();
    expect([sink!.text, sink!.events]).toEqual(['kept', ['end']]);
  });
});
