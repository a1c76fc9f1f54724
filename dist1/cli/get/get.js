import { createWriteStream } from 'node:fs';
import { ArgumentError } from '../../core/index.js';
import { createRealReactor } from '../../real/index.js';
import { HttpGet } from '../../services/index.js';
import { addOptions, flag, option, readCall, repeated, throwProblems } from '../arguments/options.js';
import { duration, text, ValueProblem } from '../arguments/values.js';
import { CommandError, UsageError } from '../usage-error.js';
import { exitCodeFor, WRITE_FAILED } from './get-exit-codes.js';
import { GetProgress } from './get-progress.js';

const HEADER = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)$/;
/** Status line and headers, at most: curl's limit. */
const HEAD_BYTES_MAX = 300 * 1024;
const GET_OPTIONS = {
  include: flag('-i, --include', 'print the response headers before the body'),
  output: option('-o, --output <file>', 'write to a file instead of standard output (-)', text),
  header: repeated('-H, --header <name: value>', 'send one more header; may be repeated', (line) => {
    const match = HEADER.exec(line);
    if (match === null) throw new ValueProblem(`must be "Name: value", got "${line}"`);
    return [match[1], match[2]];
  }),
  fail: flag('-f, --fail', 'exit with 22, and print no body, if the status is 400 or above'),
  connectTimeout: option('--connect-timeout <time>', 'for the connection (default: 30s)', duration, 30_000),
  idleTimeout: option('--idle-timeout <time>', 'for the next byte (default: 60s)', duration, 60_000),
  maxTime: option('-m, --max-time <time>', 'for everything', duration),
  unixSocket: option('--unix-socket <path>', 'connect to this Unix-domain socket instead', text),
  silent: flag('-s, --silent', 'no progress'),
};
const EXAMPLES = `
Examples:
  foulweather get http://127.0.0.1:8080/
  foulweather get -i -m 10s http://example.net/status
  foulweather get -o image.iso http://mirror.example.net/image.iso

Redirects are not followed. Exit codes are those of curl:
  6 unknown host, 7 no connection, 8 not HTTP, 18 body cut short, 22 status 400 or above with --fail,
  23 cannot write, 28 timed out, 52 no response, 55 sending failed, 56 receiving failed, 61 unknown coding, 63 too large
`;
/** `foulweather get` */
export function registerGet(program) {
  const command = program
    .command('get')
    .usage('[options] <url>')
    .description(
      'Get a URL over HTTP/1.0: the body to standard output, or an error; never part of it as a success.',
    )
    .addHelpText('after', EXAMPLES)
    .action(() => run(command));
  addOptions(command, GET_OPTIONS);
}
async function run(command) {
  const { values, operands, problems } = readCall(command, GET_OPTIONS, 1);
  if (operands.length === 0) problems.push('<url> is missing');
  throwProblems(problems);
  try {
    await new Download(values).run(operands[0]);
  } catch (error) {
    if (error instanceof ArgumentError) throw new UsageError([error.message]);
    throw error;
  }
}
/** A field that is given twice is sent twice. */
function collectHeaders(fields) {
  const byName = new Map();
  for (const [name, value] of fields) {
    const known = byName.get(name.toLowerCase());
    if (known === undefined) byName.set(name.toLowerCase(), { name, values: [value] });
    else known.values.push(value);
  }
  return Object.fromEntries([...byName.values()].map(({ name, values }) => [name, values]));
}
class Download {
  constructor(values) {
    this.request = null;
    this.head = null;
    /** Opened when a response has begun: a request that fails before leaves a file as it was. */
    this.output = null;
    this.writeError = null;
    this.settle = () => {};
    this.values = values;
    const isFile = values.output !== undefined && values.output !== '-';
    this.progress = new GetProgress(isFile && !values.silent && process.stderr.isTTY === true);
  }
  /** Settles when the whole body is written. Throws CommandError with the exit code. */
  async run(url) {
    const { connectTimeout, idleTimeout, maxTime = 0, unixSocket, header } = this.values;
    const reactor = createRealReactor();
    const problem = await new Promise((resolve, reject) => {
      this.settle = resolve;
      this.request = new HttpGet(reactor, {
        url,
        headers: collectHeaders(header),
        connectTo: unixSocket === undefined ? undefined : { path: unixSocket },
        connectTimeoutMs: connectTimeout,
        idleTimeoutMs: idleTimeout,
        totalTimeoutMs: maxTime,
        headBytesMax: HEAD_BYTES_MAX,
        onHead: (head) => this.takeHead(head),
        onBody: (bytes) => this.takeBody(bytes),
        onDone: (error) => resolve(error === null ? null : this.failure(error)),
      });
      reactor.loop().catch(reject);
    });
    await this.endOutput();
    this.progress.end();
    if (this.writeError !== null) {
      // A reader that has seen enough is no news.
      const { code, message } = this.writeError;
      throw new CommandError(code === 'EPIPE' ? '' : `cannot write: ${message}`, WRITE_FAILED);
    }
    if (problem !== null) throw problem;
    if (this.isRejected)
      throw new CommandError(`the server answered ${this.head.status} ${this.head.reason}`.trim(), 22);
  }
  openOutput() {
    const { output } = this.values;
    const opened = output === undefined || output === '-' ? process.stdout : createWriteStream(output);
    opened.on('error', (error) => {
      this.writeError ??= error;
      this.request?.abort();
      this.settle(null);
    });
    return opened;
  }
  /** Settles when everything is written, or that has failed. */
  async endOutput() {
    const { output } = this;
    if (output === null || this.writeError !== null) return;
    await new Promise((resolve) => {
      output.once('error', () => resolve());
      if (output !== process.stdout) output.once('close', resolve).end();
      else {
        output.write('', (error) => {
          this.writeError ??= error ?? null;
          resolve();
        });
      }
    });
  }
  get isRejected() {
    return this.values.fail && this.head !== null && this.head.status >= 400;
  }
  takeHead(head) {
    this.head = head;
    if (this.isRejected) {
      // The body, which may be long or never end, is nothing that anybody wants.
      this.request?.abort();
      this.settle(null);
      return;
    }
    this.output = this.openOutput();
    this.progress.begin(head.headers.get('content-length'));
    if (!this.values.include) return;
    const fields = head.headers.entries.map(([name, value]) => `${name}: ${value}\r\n`);
    const statusLine = `HTTP/${head.version} ${head.status} ${head.reason}`.trimEnd();
    this.output.write(Buffer.from(`${statusLine}\r\n${fields.join('')}\r\n`, 'latin1'));
  }
  takeBody(bytes) {
    const { output } = this;
    if (output === null) return true;
    this.progress.add(bytes.length);
    if (output.write(Buffer.from(bytes))) return true;
    output.once('drain', () => this.request?.resume());
    return false;
  }
  failure(error) {
    return new CommandError(error.message, exitCodeFor(error));
  }
}
