import { setTimeout as sleep } from 'node:timers/promises';
import { rest, type Stack } from './stack.ts';

const LANES = 4;
const PAUSE_MS = 40;
const TIMEOUT_S = 5;
/** For the word of the owner, and for the way over a busy machine. */
const GRACE_MS = 1_000;
const PROBLEM = 'urn:ocpp-gw:problem:';

/** Problems that promise that nothing was sent. */
const UNSENT: ReadonlySet<string> = new Set([
  'charge-point-offline',
  'charge-point-moved',
  'not-taken',
  'command-expired',
  'dependency-unavailable',
]);
/** Problems that promise nothing. */
const PERHAPS_SENT: ReadonlySet<string> = new Set(['charge-point-disconnected', 'answer-timeout', 'answer-lost']);

interface Outcome {
  /** Unique, and told to the charger. */
  data: string;
  /** `answered`, the end of the problem's type, or whatever else came. */
  end: string;
  ms: number;
}

/** A steady stream of commands to one charger after the other, each of which can be recognised at the charger. */
export class CommandStream {
  private readonly stack: Pick<Stack, 'rest'>;
  private readonly cpIds: readonly string[];
  private readonly outcomes: Outcome[] = [];
  private readonly ending = new AbortController();
  private lanes: Promise<unknown> = Promise.resolve();

  constructor(stack: Pick<Stack, 'rest'>, cpIds: readonly string[]) {
    this.stack = stack;
    this.cpIds = cpIds;
  }

  start(): void {
    this.lanes = Promise.all(Array.from({ length: LANES }, (_, lane) => this.run(lane)));
  }

  /** Resolves when every command has ended. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.lanes;
  }

  get answered(): number {
    return this.outcomes.filter(({ end }) => end === 'answered').length;
  }

  /** How many ended how, and how long the slowest of them took. */
  table(): string {
    const rows = [...Map.groupBy(this.outcomes, ({ end }) => end)].map(([end, all]) => {
      const slowest = Math.round(Math.max(...all.map(({ ms }) => ms)));
      return `  ${end.padEnd(28)}${String(all.length).padStart(6)}${String(slowest).padStart(8)} ms\n`;
    });
    return `\n  ${'commands that ended as'.padEnd(28)}${'count'.padStart(6)}${'slowest'.padStart(11)}\n${rows.sort().join('')}`;
  }

  /** Commands whose end is not explicit, not in time, or not true by what the chargers `received`. */
  faults(received: readonly string[]): string[] {
    const times = Map.groupBy(received, (data) => data);
    return this.outcomes.flatMap(({ data, end, ms }) => {
      const sent = times.get(data)?.length ?? 0;
      const problem = faultOf(end, sent, ms);
      return problem === null
        ? []
        : [`${data}: ${problem} (${end}, received ${sent} times, after ${Math.round(ms)} ms)`];
    });
  }

  private async run(lane: number): Promise<void> {
    for (let turn = lane; !this.ending.signal.aborted; turn += LANES) {
      const data = `command ${turn}`;
      const began = performance.now();
      const path = `/charge-points/${this.cpIds[turn % this.cpIds.length]}/commands/data-transfer`;
      const { status, body } = await rest(this.stack, 'POST', path, {
        vendor_id: 'ocpp-gw.e2e',
        data,
        timeout_s: TIMEOUT_S,
      });
      const end = status === 200 ? 'answered' : String(body['type'] ?? status).replace(PROBLEM, '');
      this.outcomes.push({ data, end, ms: performance.now() - began });
      await sleep(PAUSE_MS);
    }
  }
}

function faultOf(end: string, sent: number, ms: number): string | null {
  if (sent > 1) return 'sent more than once';
  if (ms > TIMEOUT_S * 1000 + GRACE_MS) return 'ended after its deadline';
  if (end === 'answered') return sent === 1 ? null : 'answered by nobody';
  if (UNSENT.has(end)) return sent === 0 ? null : 'said not to be sent';
  return PERHAPS_SENT.has(end) ? null : 'no explicit end';
}
