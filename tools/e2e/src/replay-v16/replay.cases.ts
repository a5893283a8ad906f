import { beforeAll, expect, it } from '@jest/globals';
import { TOPICS } from '@ocpp-gw/contracts';
import { FakeCharger } from '@ocpp-gw/testing';
import { Kafka, logLevel } from 'kafkajs';
import { type SeenEvent, readEvents } from '../events-seen.ts';
import { TAG, charging, time } from '../octt-v16/octt.ts';
import { until } from '../until.ts';
import type { Stack } from '../stack.ts';
import { type Call, fromStart, given, untilStart } from './recording.ts';
import { rowsOf, waitingEvents } from './rows.ts';

const CP_ID = 'REPLAY-16';
const SESSION: readonly string[] = [TOPICS.transactionStarted, TOPICS.transactionEnded, TOPICS.meter];
const STATES: readonly string[] = [TOPICS.status, TOPICS.security];
const READ = [...SESSION, ...STATES];

/** Repetition is the rule of a bad network: what was heard once changes nothing and is answered as before (notes 2.10). */
export function replay(stack: () => Stack): void {
  const { registered } = charging(stack);
  const calls: Call[] = [];
  let first: Outcome;

  interface Outcome {
    answers: unknown[];
    rows: Record<string, unknown[]>;
    /** Of transactions and their readings. */
    eventIds: string[];
    /** How many events tell states, and what concerns security. */
    states: number;
  }

  beforeAll(async () => {
    const octt = await registered(CP_ID);
    await octt.connect();
    await octt.boot();
    const reserve = { evse_id: 1, id_token: TAG, expires_at: time(600) };
    const { sent } = await octt.command('reserve-now', reserve, 'ReserveNow', { status: 'Accepted' });
    const facts = await given(sent['reservationId'] as number);
    const record = ([action, payload]: [string, object]): Call => [
      2,
      `rec-${calls.length}`,
      action,
      payload as Call[3],
    ];

    const answers: unknown[] = [];
    const send = async (steps: [string, object][]): Promise<void> => {
      for (const step of steps) {
        const call = record(step);
        calls.push(call);
        answers.push(await ask(octt.charger, call));
      }
    };
    await send(untilStart(facts));
    const { transactionId } = answers.at(-1) as { transactionId: number };
    await send(fromStart(facts, transactionId));
    await octt.disconnect();
    first = { answers, ...(await left()) };
  }, 60_000);

  it('leaves a row or an event for all that happened', () => {
    const { transactions, reservations, ...others } = first.rows;
    expect(transactions).toEqual([expect.objectContaining({ state: 'ended', stop_reason: 'Local' })]);
    expect(reservations).toEqual([expect.objectContaining({ state: 'used' })]);
    expect(Object.entries(others).map(([table, rows]) => [table, rows.length])).toEqual([
      ['charge_points', 1],
      ['connectors', 2],
      ['firmware_updates', 2],
      ['log_uploads', 2],
      ['certificate_signings', 1],
    ]);
    // Start and end, two readings and those of the stop, four statuses, a security event and a signing request.
    expect([first.eventIds.length, first.states]).toEqual([2 + 3, 4 + 2]);
  });

  it.each([
    ['with the same message ids', (call: Call) => call],
    [
      'with message ids that restart at 1',
      ([type, , action, payload]: Call, at: number): Call => [type, String(at + 1), action, payload],
    ],
  ])('changes nothing and is answered as before on a new connection %s', async (_, renamed) => {
    const charger = await FakeCharger.connect({ url: stack().edgeUrls[0], cpId: CP_ID });
    const answers: unknown[] = [];
    for (const call of calls.map(renamed)) answers.push(await ask(charger, call));
    await charger.close();
    expect(answers).toEqual(first.answers);
    const { rows, eventIds, states } = await left();
    expect({ rows, eventIds }).toEqual({ rows: first.rows, eventIds: first.eventIds });
    // The boot makes news of what states it tells (docs/adr/0029).
    expect(states).toBeGreaterThanOrEqual(first.states);
  });

  /** The payload of the answer, but for the gateway's clock. */
  async function ask(charger: FakeCharger, call: Call): Promise<Record<string, unknown>> {
    charger.send(call);
    const [type, id, payload] = (await charger.next()) as [number, string, Record<string, unknown>];
    expect([type, id]).toEqual([3, call[1]]);
    const { currentTime: _, ...answer } = payload;
    return answer;
  }

  async function left(): Promise<Omit<Outcome, 'answers'>> {
    await until('the outbox to be empty', async () => expect(await waitingEvents(stack(), CP_ID)).toBe(0));
    const mine = (await everything(stack().dataPlane.kafkaBrokers)).filter(({ key }) => key === CP_ID);
    const ids = (of: readonly string[]): string[] =>
      [...new Set(mine.filter(({ topic }) => of.includes(topic)).map(({ event }) => event.id))].sort();
    return { rows: await rowsOf(stack(), CP_ID), eventIds: ids(SESSION), states: ids(STATES).length };
  }
}

/** All that the topics hold now. */
async function everything(brokers: string): Promise<SeenEvent[]> {
  const admin = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const perTopic = await Promise.all(READ.map((topic) => admin.fetchTopicOffsets(topic)));
  await admin.disconnect();
  const total = perTopic.flat().reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  return readEvents(brokers, READ, (seen) => seen.length >= total);
}
