// A server that keeps what it receives in a log file, and answers "k" once it is there; and clients' view of it.
import {
  type CloseReason,
  Dispatcher,
  DispatcherWithSend,
  type Endpoint,
  FileDispatcher,
  isBytes,
} from '../../src/core/index.ts';
import type { Family, Scenario, Simulation } from '../../src/sim/index.ts';

const PORT = 514;
const LOG = '/log';

/** What a keeper may get wrong. */
export type Mistake =
  | 'none'
  | 'drops the rest of a short write'
  | 'answers before it is written'
  | 'answers when it is accepted'
  | 'ignores a full disk';

class LogFile extends FileDispatcher {
  private rest = Buffer.alloc(0);
  private isWriting = false;
  private readonly line: Line;
  private readonly mistake: Mistake;

  constructor(line: Line, mistake: Mistake) {
    super(line.reactor, LOG, { flags: 'a' });
    this.line = line;
    this.mistake = mistake;
    this.wantRead(false);
  }

  add(record: Uint8Array): void {
    this.rest = Buffer.concat([this.rest, record]);
    if (this.mistake === 'answers before it is written') this.line.answer();
    this.wantWrite(true);
  }

  /** That more can be written tells that what was accepted before is in the file. */
  override handleWrite(): void {
    if (this.rest.length > 0) {
      const accepted = this.send(this.rest);
      this.rest =
        this.mistake === 'drops the rest of a short write' ? Buffer.alloc(0) : this.rest.subarray(accepted);
      this.isWriting = true;
      if (this.mistake === 'answers when it is accepted' && this.rest.length === 0) this.line.answer();
      this.wantWrite(true);
    } else if (this.isWriting) {
      this.isWriting = false;
      if (!this.mistake.startsWith('answers')) this.line.answer();
      this.close();
    }
  }

  override handleClose(reason: CloseReason): void {
    if (this.mistake === 'ignores a full disk') this.line.answer();
    else if (reason.kind !== 'end') this.line.abort();
  }

  fingerprint(): string {
    return `${this.stateText()} ${this.isWriting} ${this.rest}`;
  }
}

/** One client's connection: everything up to its end of stream is a record. */
class Line extends Dispatcher {
  private record = Buffer.alloc(0);
  private readonly mistake: Mistake;

  constructor(listener: Dispatcher, endpoint: Endpoint, mistake: Mistake) {
    super(listener.reactor, endpoint);
    this.mistake = mistake;
    this.wantWrite(false);
  }

  override handleRead(): void {
    const received = this.recv(64);
    if (isBytes(received)) this.record = Buffer.concat([this.record, received]);
  }

  override handleEnd(): void {
    new LogFile(this, this.mistake).add(this.record);
  }

  answer(): void {
    if (this.closed) return;
    this.send(Buffer.from('k'));
    this.close();
  }

  fingerprint(): string {
    return `${this.stateText()} ${this.record}`;
  }
}

class Keeper extends Dispatcher {
  private readonly mistake: Mistake;

  constructor(sim: Simulation, mistake: Mistake) {
    super(sim.host('keeper').reactor);
    this.mistake = mistake;
    this.bind({ host: '0.0.0.0', port: PORT });
    this.listen();
  }

  override handleAccepted(endpoint: Endpoint): void {
    new Line(this, endpoint, this.mistake);
  }

  fingerprint(): string {
    return '';
  }
}

class Client extends DispatcherWithSend {
  isKept = false;

  override handleConnect(): void {
    this.send(Buffer.from('abc'));
    this.shutdownWrite();
  }

  override handleRead(): void {
    const received = this.recv(64);
    if (isBytes(received)) this.isKept = true;
  }

  override handleClose(): void {}

  fingerprint(): string {
    return `${this.stateText()} ${this.isKept} ${this.bufferedBytes}`;
  }
}

export interface LogScenario {
  readonly mistake: Mistake;
  readonly families?: readonly Family[];
  /** Told the outcome of each run that came to its end: whether the client was answered, and what is in the log. */
  readonly onOutcome?: (outcome: string) => void;
}

/** What the log's host has on disk; the file may not be there. */
function logOf(sim: Simulation): string {
  const { volume } = sim.host('keeper');
  return volume.existsSync(LOG) ? String(volume.readFileSync(LOG)) : '';
}

export function logScenario({ mistake, families, onOutcome }: LogScenario): Scenario {
  return {
    name: 'log-keeper',
    families: families ?? ['disk', 'short-send', 'stall', 'split', 'end'],
    // A client whose server has crashed before it answered waits in vain.
    run: { allowOpen: families?.includes('crash') === true },
    setup(sim) {
      sim.host('keeper').mayCrash(() => void new Keeper(sim, mistake));
      sim.host('keeper').mayPause();
      const client = new Client(sim.host('client').reactor);
      client.connect({ host: 'keeper', port: PORT });
      sim.identify(() => String(client.isKept));
      sim.always('the log holds the record, or its beginning', () => 'abc'.startsWith(logOf(sim)));
      sim.always('who is answered finds the record in the log', () => !client.isKept || logOf(sim) === 'abc');
      sim.eventually(
        'a keeper whose disk works answers',
        () => client.isKept || sim.hasKilled || sim.faultCount('disk') > 0,
      );
      sim.eventually('the outcome is told', () => {
        onOutcome?.(`${client.isKept} ${logOf(sim)}`);
      });
    },
  };
}
