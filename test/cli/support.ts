import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MAIN = `${ROOT}dist/cli/main.js`;

/** Whether the package was built, and nothing of src has changed since. */
function isBuilt(): boolean {
  if (!existsSync(MAIN)) return false;
  const { mtimeMs } = statSync(MAIN);
  const sources = readdirSync(`${ROOT}src`, { recursive: true, encoding: 'utf8' });
  return sources.every((path) => statSync(`${ROOT}src/${path}`).mtimeMs <= mtimeMs);
}

/** Builds the package if it is not as src is now; one test file does it, the others wait. */
export function ensureBuilt(): void {
  const lock = `${ROOT}.foulweather-build`;
  while (!isBuilt()) {
    try {
      mkdirSync(lock);
    } catch {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
      continue;
    }
    try {
      execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: ROOT });
    } finally {
      rmdirSync(lock);
    }
  }
}

export interface Exit {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** A running command. */
export class Cli {
  readonly child: ChildProcess;
  readonly exited: Promise<Exit>;
  private readonly out: Buffer[] = [];
  private err = '';
  private wake: (() => void)[] = [];

  constructor(...parameters: string[]) {
    this.child = spawn(process.execPath, [MAIN, ...parameters], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout!.on('data', (chunk: Buffer) => {
      this.out.push(chunk);
      for (const wake of this.wake.splice(0)) wake();
    });
    this.child.stderr!.on('data', (chunk) => {
      this.err += String(chunk);
    });
    this.exited = new Promise((resolve) => {
      this.child.once('close', (code) => {
        for (const wake of this.wake.splice(0)) wake();
        resolve({ code, stdout: Buffer.concat(this.out), stderr: this.err });
      });
    });
  }

  /** The log so far, one object a line. */
  get lines(): Record<string, unknown>[] {
    const text = Buffer.concat(this.out).toString();
    return text
      .slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** The `count`th log line with this message; throws if the command ends before. */
  async line(message: string, count = 1): Promise<Record<string, unknown>> {
    for (;;) {
      const found = this.lines.filter((line) => line.msg === message)[count - 1];
      if (found !== undefined) return found;
      if (this.child.exitCode !== null) throw new Error(`ended without "${message}": ${this.err}`);
      await new Promise<void>((wake) => this.wake.push(wake));
    }
  }

  /** The port of its `count`th address. */
  async port(count = 1): Promise<number> {
    return (await this.line('listening', count)).port as number;
  }

  /** Ends it if it still runs. */
  async kill(): Promise<void> {
    if (this.child.exitCode === null) this.child.kill('SIGKILL');
    await this.exited;
  }
}

/** Runs a command to its end. */
export function run(...parameters: string[]): Promise<Exit> {
  return new Cli(...parameters).exited;
}

/** Runs `body` with a command, and ends the command whatever happens. */
export async function withCli(parameters: string[], body: (cli: Cli) => Promise<void>): Promise<void> {
  const cli = new Cli(...parameters);
  try {
    await body(cli);
  } finally {
    await cli.kill();
  }
}
