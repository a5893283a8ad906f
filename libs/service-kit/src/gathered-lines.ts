import { pino } from 'pino';

const GATHER_MS = 20;
const LONGEST = 64 * 1024;
const URGENT = pino.levels.values['warn'] ?? 40;
/** Makes pino set `lastLevel` before each line. */
const METADATA: unique symbol = Symbol.for('pino.metadata');

/**
 * Writes lines in batches, because each write is a system call of its own. Lines at level warn and above, and all before
 * them, are written at once; a process that is killed loses the others of its last moments.
 */
export class GatheredLines implements pino.DestinationStream {
  readonly [METADATA] = true;
  lastLevel = 0;
  private waiting = '';
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly target: pino.DestinationStream) {
    process.once('exit', () => this.flush());
  }

  write(line: string): void {
    this.waiting += line;
    if (this.lastLevel >= URGENT || this.waiting.length >= LONGEST) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), GATHER_MS).unref();
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const lines = this.waiting;
    this.waiting = '';
    if (lines !== '') this.target.write(lines);
  }
}
