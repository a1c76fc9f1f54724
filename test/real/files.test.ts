import { execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CloseReason, FileDispatcher, isBytes, type Reactor } from '../../src/core/index.ts';
import { createRealReactor } from '../../src/real/index.ts';

let folder: string;
let reactor: Reactor;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'foulweather-files-'));
  reactor = createRealReactor();
});

afterEach(() => {
  reactor.closeAll();
  rmSync(folder, { recursive: true });
});

class Collector extends FileDispatcher {
  text = '';
  events: string[] = [];

  override handleRead(): void {
    const received = this.recv(10_000);
    if (isBytes(received)) this.text += Buffer.from(received).toString();
  }

  override handleWrite(): void {}

  override handleClose(reason: CloseReason): void {
    this.events.push('error' in reason ? (reason.error as { code: string }).code : reason.kind);
  }
}

class Writer extends Collector {
  rest = Buffer.alloc(0);

  override handleWrite(): void {
    this.rest = this.rest.subarray(this.send(this.rest));
    if (this.rest.length === 0) this.close();
    else this.wantWrite(true);
  }
}

test('a regular file is read to its end', async () => {
  const path = join(folder, 'a');
  writeFileSync(path, 'x'.repeat(200_000));
  const file = new Collector(reactor, path);
  await reactor.loop();
  expect([file.text.length, file.events]).toEqual([200_000, ['end']]);
});

test('an empty file ends at once', async () => {
  const path = join(folder, 'a');
  writeFileSync(path, '');
  const file = new Collector(reactor, path);
  await reactor.loop();
  expect([file.text, file.events]).toEqual(['', ['end']]);
});

test('a file that is not there reports ENOENT', async () => {
  const file = new Collector(reactor, join(folder, 'missing'));
  await reactor.loop();
  expect(file.events).toEqual(['ENOENT']);
});

test('a directory reports EISDIR', async () => {
  const file = new Collector(reactor, folder);
  await reactor.loop();
  expect(file.events).toEqual(['EISDIR']);
});

test('what was accepted before close is in the file', async () => {
  const path = join(folder, 'a');
  const file = new Writer(reactor, path, { flags: 'w' });
  file.rest = Buffer.from('y'.repeat(150_000));
  await reactor.loop();
  await expect.poll(() => readFileSync(path, 'utf8').length).toBe(150_000);
});

test('a file opened with a is written at its end', async () => {
  const path = join(folder, 'a');
  writeFileSync(path, 'old ');
  const file = new Writer(reactor, path, { flags: 'a' });
  file.rest = Buffer.from('new');
  await reactor.loop();
  await expect.poll(() => readFileSync(path, 'utf8')).toBe('old new');
});

test('a file opened with r+ reads and writes at one position', async () => {
  const path = join(folder, 'a');
  writeFileSync(path, '0123456789');
  let isWritten = false;
  const file = new (class extends Collector {
    override handleRead(): void {
      const received = this.recv(isWritten ? 100 : 4);
      if (isBytes(received)) this.text += Buffer.from(received).toString();
      if (!isWritten) {
        isWritten = true;
        this.send(Buffer.from('ab'));
      }
    }
  })(reactor, path, { flags: 'r+' });
  await reactor.loop();
  expect([file.text, readFileSync(path, 'utf8')]).toEqual(['01236789', '0123ab6789']);
});

test('a descriptor stays open, and where it was, when its dispatcher is done with it', async () => {
  const path = join(folder, 'a');
  writeFileSync(path, 'head tail');
  const descriptor = openSync(path, 'r');
  readSync(descriptor, Buffer.alloc(5));
  const file = new Collector(reactor, descriptor);
  await reactor.loop();
  const rest = Buffer.alloc(10);
  const size = readSync(descriptor, rest);
  closeSync(descriptor);
  expect([file.text, rest.toString('utf8', 0, size)]).toEqual(['tail', 'tail']);
});

test('a descriptor that is not open reports EBADF', async () => {
  const file = new Collector(reactor, 9999);
  await reactor.loop();
  expect(file.events).toEqual(['EBADF']);
});

test('a FIFO is read until its writer closes it', async () => {
  const path = join(folder, 'fifo');
  execFileSync('mkfifo', [path]);
  const writer = spawn('sh', ['-c', `exec 3>'${path}'; echo one >&3; echo two >&3`]);
  const file = new Collector(reactor, openSync(path, 'r'));
  await reactor.loop();
  writer.kill();
  expect([file.text, file.events]).toEqual(['one\ntwo\n', ['end']]);
});

test('a FIFO is written until its writer closes it', async () => {
  const path = join(folder, 'fifo');
  execFileSync('mkfifo', [path]);
  const reader = spawn('sh', ['-c', `cat '${path}' > '${join(folder, 'copy')}'`]);
  const done = new Promise((resolve) => reader.once('exit', resolve));
  const descriptor = openSync(path, 'w');
  const file = new Writer(reactor, descriptor, { flags: 'w' });
  file.rest = Buffer.from('z'.repeat(300_000));
  await reactor.loop();
  closeSync(descriptor);
  await done;
  expect(readFileSync(join(folder, 'copy'), 'utf8').length).toBe(300_000);
});

test('wrong flags are refused at the call', () => {
  expect(() => new Collector(reactor, 'a', { flags: 'rw' as 'r' })).toThrow(/flags must be one of r, w, a/);
});
