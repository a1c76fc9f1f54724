// Devices, terminals and full disks of this machine as channels: what only a real backend has.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CloseReason, FileDispatcher, isBytes, type Reactor } from '../../src/core/index.ts';
import { createRealReactor } from '../../src/real/index.ts';

let folder: string;
let reactor: Reactor;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'foulweather-devices-'));
  reactor = createRealReactor();
});

afterEach(() => {
  reactor.closeAll();
  rmSync(folder, { recursive: true });
});

/** Writes what is left of `rest`, closes once that is written, and notes what happens. */
class Channel extends FileDispatcher {
  readonly events: string[] = [];
  rest: Uint8Array = new Uint8Array(0);
  gotBytes = 0;
  readMax = Number.POSITIVE_INFINITY;

  override handleRead(): void {
    const received = this.recv(65536);
    if (isBytes(received)) this.gotBytes += received.length;
    if (this.gotBytes >= this.readMax) this.close();
  }

  override handleWrite(): void {
    if (this.rest.length === 0) {
      this.events.push('written');
      this.close();
      return;
    }
    this.rest = this.rest.subarray(this.send(this.rest));
    this.wantWrite(true);
  }

  override handleClose(reason: CloseReason): void {
    this.events.push('error' in reason ? (reason.error as { code: string }).code : reason.kind);
  }
}

function writeTo(path: string, sizeBytes: number): Channel {
  const channel = new Channel(reactor, path, { flags: 'w' });
  channel.rest = new Uint8Array(sizeBytes).fill(120);
  return channel;
}

// Linux alone has /dev/full.
describe.skipIf(!existsSync('/dev/full'))('a device', () => {
  test('that is always full reports ENOSPC once, after the write was accepted', async () => {
    const channel = writeTo('/dev/full', 10);
    await reactor.loop();
    expect([channel.events, channel.rest.length]).toEqual([['ENOSPC'], 0]);
  });

  test('that takes everything takes it', async () => {
    const channel = writeTo('/dev/null', 300_000);
    await reactor.loop();
    expect(channel.events).toEqual(['written']);
  });

  test('that is empty ends at once', async () => {
    const channel = new Channel(reactor, '/dev/null');
    await reactor.loop();
    expect([channel.gotBytes, channel.events]).toEqual([0, ['end']]);
  });

  test('without an end is read as far as the program wants', async () => {
    const channel = new Channel(reactor, '/dev/zero');
    channel.readMax = 1_000_000;
    await reactor.loop();
    expect(channel.events).toEqual([]);
    expect(channel.gotBytes).toBeGreaterThanOrEqual(1_000_000);
    expect(channel.gotBytes).toBeLessThan(1_100_000);
  });
});

// A small disk has to be mounted, which takes root.
describe.skipIf(!canMount())('a disk that is full', () => {
  test('takes what fits, reports ENOSPC once, and keeps what it took', async () => {
    const disk = join(folder, 'disk');
    execFileSync('mkdir', [disk]);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]);
    try {
      const channel = writeTo(join(disk, 'a'), 300_000);
      await reactor.loop();
      expect(channel.events).toEqual(['ENOSPC']);
      expect(readFileSync(join(disk, 'a')).length).toBe(65_536);
    } finally {
      reactor.closeAll();
      execFileSync('umount', ['-l', disk]);
    }
  });
});

/** Not every container's root may. */
function canMount(): boolean {
  if (process.getuid?.() !== 0) return false;
  const probe = mkdtempSync(join(tmpdir(), 'foulweather-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', probe], { stdio: 'ignore' });
    execFileSync('umount', [probe]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(probe, { recursive: true });
  }
}

// script(1) makes the terminals; a slim image may lack it.
describe.skipIf(!existsSync('/usr/bin/script'))('a terminal', () => {
  test('is read as it is typed into, and ends when it hangs up', async () => {
    const path = join(folder, 'name');
    const child = spawn('script', ['-qec', `stty raw -echo; tty > ${path}; sleep 100`, '/dev/null']);
    await expect.poll(() => existsSync(path) && readFileSync(path, 'utf8').trim()).toMatch(/^\/dev\/pts/);
    const channel = new Channel(reactor, readFileSync(path, 'utf8').trim());
    const loop = reactor.loop();
    child.stdin.write('hello\n');
    await expect.poll(() => channel.gotBytes).toBe(6);
    child.kill('SIGKILL');
    await loop;
    expect(channel.events).toHaveLength(1);
  });

  test('opened for reading alone is never said to be writable', async () => {
    const path = join(folder, 'name');
    const child = spawn('script', ['-qec', `tty > ${path}; sleep 100`, '/dev/null']);
    await expect.poll(() => existsSync(path) && readFileSync(path, 'utf8').trim()).toMatch(/^\/dev\/pts/);
    const channel = new Channel(reactor, readFileSync(path, 'utf8').trim());
    const loop = reactor.loop();
    await expect.poll(() => channel.channelState).toBe('open');
    child.kill('SIGKILL');
    await loop;
    expect(channel.events).toEqual([expect.not.stringMatching('written')]);
  });

  test('shows what is written to it', async () => {
    const path = join(folder, 'name');
    const child = spawn('script', ['-qec', `tty > ${path}; sleep 100`, '/dev/null']);
    let shown = '';
    child.stdout.on('data', (data) => {
      shown += data;
    });
    await expect.poll(() => existsSync(path) && readFileSync(path, 'utf8').trim()).toMatch(/^\/dev\/pts/);
    const channel = writeTo(readFileSync(path, 'utf8').trim(), 5000);
    await reactor.loop();
    expect(channel.events).toEqual(['written']);
    await expect.poll(() => shown.length).toBe(5000);
    child.kill('SIGKILL');
  });

  test('that has hung up fails its writer once', async () => {
    const path = join(folder, 'name');
    const child = spawn('script', ['-qec', `tty > ${path}; sleep 100`, '/dev/null']);
    await expect.poll(() => existsSync(path) && readFileSync(path, 'utf8').trim()).toMatch(/^\/dev\/pts/);
    const channel = writeTo(readFileSync(path, 'utf8').trim(), 10);
    channel.rest = new Uint8Array(0);
    channel.handleWrite = () => {};
    const loop = reactor.loop();
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    channel.send(new Uint8Array(10));
    await loop;
    expect(channel.events).toEqual(['EIO']);
  });
});

// Root may write everywhere.
test.skipIf(process.getuid?.() === 0)(
  'a file that cannot be written for its permissions reports EACCES once',
  async () => {
    const path = join(folder, 'a');
    writeFileSync(path, 'x', { mode: 0o400 });
    const channel = writeTo(path, 3);
    await reactor.loop();
    expect(channel.events).toEqual(['EACCES']);
  },
);
