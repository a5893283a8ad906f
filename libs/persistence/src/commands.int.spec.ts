import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InvalidCursorError, decodeEvent } from '@ocpp-gw/contracts';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { v7 as uuidv7 } from 'uuid';
import { Commands, type NewCommand } from './commands.ts';
import { createDatabase, type Database } from './database.ts';
import { writeCommands, type CommandChange } from './facts/commands.ts';
import { migrate } from './migrations/migrate.ts';
import { sqlOf } from './testing.ts';

let plane: DataPlane;
let database: Database;
let sut: Commands;

beforeAll(async () => {
  plane = await startDataPlane({ name: 'persistence-commands', only: ['postgres'] });
  await migrate({ url: plane.postgresUrl, applicationName: 'spec' });
  database = createDatabase({ url: plane.postgresUrl, poolSize: 4, applicationName: 'spec' });
  await database.start();
  sut = new Commands(database);
}, 120_000);

afterAll(async () => {
  await database?.stop();
  await plane?.stop();
});

const command = (facts: Partial<NewCommand> = {}): NewCommand => ({
  commandId: uuidv7(),
  cpId: 'CP-1',
  command: 'reset',
  request: { type: 'Soft' },
  caller: 'ops',
  requestId: 'req-1',
  deadline: new Date(Date.now() + 30_000),
  ...facts,
});
const keyed = (key: string, bodyHash = 'hash'): NewCommand => command({ idempotency: { key, bodyHash } });
const accepted = { kind: 'result', action: 'Reset', payload: { status: 'Accepted' }, status: 'Accepted' } as const;
const change = (one: CommandChange) => writeCommands(database, [one]);
const at = new Date('2026-01-31T12:00:00Z');
const state = async (commandId: string): Promise<string | undefined> => (await sut.get(commandId))?.state;

describe('commands', () => {
  it('go from queued over sent to their end', async () => {
    const { commandId, ...made } = command();
    expect(await sut.begin({ commandId, ...made })).toBeNull();
    expect(await sut.get(commandId)).toMatchObject({
      ...made,
      commandId,
      state: 'queued',
      sentAt: null,
      endedAt: null,
    });
    await change({ commandId, state: 'sent', action: 'Reset', at });
    expect(await sut.get(commandId)).toMatchObject({ state: 'sent', sentAt: at, action: 'Reset' });
    await change({ commandId, state: 'accepted', action: 'Reset', at, outcome: accepted });
    expect(await sut.get(commandId)).toMatchObject({ state: 'accepted', endedAt: at, outcome: accepted, late: false });
  });

  it('keep their end, except that a late answer replaces a timeout', async () => {
    const { commandId } = command();
    await sut.begin(command({ commandId }));
    await change({ commandId, state: 'timeout', at, outcome: { kind: 'timeout', action: 'Reset' } });
    await change({ commandId, state: 'disconnected', at, outcome: {} });
    await change({ commandId, state: 'sent', action: 'Reset', at });
    expect(await state(commandId)).toBe('timeout');
    await change({ commandId, state: 'rejected', at, outcome: accepted, late: true });
    await change({ commandId, state: 'accepted', at, outcome: accepted, late: true });
    expect(await sut.get(commandId)).toMatchObject({ state: 'rejected', late: true });
  });

  it('have the answer of their charge point for their end, even when a timeout was written first', async () => {
    const { commandId } = command();
    await sut.begin(command({ commandId }));
    await change({ commandId, state: 'timeout', at, outcome: { kind: 'timeout', action: 'Reset' } });
    await change({ commandId, state: 'accepted', at, outcome: accepted });
    expect(await sut.get(commandId)).toMatchObject({ state: 'accepted', late: true });
  });

  it('end as not sent only when nobody has taken them, whoever comes first', async () => {
    const offline = { at, outcome: { kind: 'offline' }, asked: 'Reset' } as const;
    const [taken, untaken] = [keyed('was taken'), keyed('was not taken')];
    await sut.begin(taken);
    await sut.begin(untaken);
    await sut.take(taken.commandId);
    expect(await sut.endUntaken({ ...offline, commandId: taken.commandId })).toBe(false);
    expect(await state(taken.commandId)).toBe('queued');
    expect(await sut.endUntaken({ ...offline, commandId: untaken.commandId })).toBe(true);
    expect(await sut.get(untaken.commandId)).toMatchObject({ state: 'disconnected', outcome: { kind: 'offline' } });
    expect(await sut.take(untaken.commandId)).toBe(false);
    for (let n = 0; n < 20; n += 1) {
      const raced = keyed(`raced ${n}`);
      await sut.begin(raced);
      const { commandId } = raced;
      const both = await Promise.all([sut.take(commandId), sut.endUntaken({ ...offline, commandId })]);
      expect(both.toSorted()).toEqual([false, true]);
    }
  });

  it('are published by whoever writes their end, once, though nothing was sent', async () => {
    const published = async (commandId: string) => {
      const rows = await sqlOf(database).query<{ payload: Uint8Array }>(
        `DELETE FROM outbox WHERE cp_id = 'CP-1' AND destination = 'cp.command' RETURNING payload`,
      );
      const events = rows.map(({ payload }) => decodeEvent(payload));
      return events.filter(({ payload: of }) => of?.$case === 'commandCompleted' && of.value.commandId === commandId);
    };
    const traceparent = `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`;
    const [offline, late] = [command(), command()];
    const end = { at, outcome: { kind: 'offline' }, asked: 'Reset', traceparent } as const;
    await sut.begin(offline);
    for (let n = 0; n < 2; n++) await sut.end({ ...end, commandId: offline.commandId });
    const requestedAt = (await sut.get(offline.commandId))?.queuedAt;
    expect(await published(offline.commandId)).toEqual([
      expect.objectContaining({
        ...{ cpId: 'CP-1', type: 'cp.command', pod: '', occurredAt: at, traceparent },
        payload: {
          $case: 'commandCompleted',
          value: expect.objectContaining({
            ...{
              action: 'Reset',
              outcome: 'offline',
              state: 'disconnected',
              late: false,
              caller: 'ops',
              requestId: 'req-1',
            },
            ...{ requestedAt, sentAt: undefined },
          }),
        },
      }),
    ]);
    await sut.begin(late);
    await sut.end({ commandId: late.commandId, at, outcome: { kind: 'timeout', action: 'Reset' }, asked: 'Reset' });
    await sut.end({ ...end, commandId: late.commandId });
    await sut.end({ commandId: late.commandId, at, outcome: accepted, asked: 'Reset' });
    expect((await published(late.commandId)).map(({ payload }) => payload?.value)).toMatchObject([
      { outcome: 'timeout', late: false },
      { outcome: 'result', late: true },
    ]);
    const taken = keyed('taken and not published');
    await sut.begin(taken);
    await sut.take(taken.commandId);
    expect(await sut.endUntaken({ ...end, commandId: taken.commandId })).toBe(false);
    expect(await published(taken.commandId)).toEqual([]);
    const untaken = keyed('not taken and published');
    await sut.begin(untaken);
    expect(await sut.endUntaken({ ...end, commandId: untaken.commandId })).toBe(true);
    expect(await published(untaken.commandId)).toHaveLength(1);
  });

  it('are written many at a time, and those without a row are left alone', async () => {
    const known = command();
    await sut.begin(known);
    await database.transaction((connection) =>
      writeCommands(connection, [
        { commandId: uuidv7(), state: 'accepted', at, outcome: accepted },
        { commandId: known.commandId, state: 'timeout', at, outcome: {} },
        { commandId: known.commandId, state: 'accepted', at, outcome: accepted, late: true },
        { commandId: known.commandId, state: 'sent', action: 'Reset', at },
      ]),
    );
    expect(await sut.get(known.commandId)).toMatchObject({ state: 'accepted', late: true, sentAt: at });
  });

  it('are the same for the same key of the same caller, whoever asks at once', async () => {
    const asked = Array.from({ length: 8 }, () => keyed('once'));
    const known = await Promise.all(asked.map((each) => sut.begin(each)));
    const first = asked[known.indexOf(null)];
    expect(known.filter((each) => each === null)).toHaveLength(1);
    for (const each of known) if (each) expect(each).toMatchObject({ commandId: first?.commandId, bodyHash: 'hash' });
    expect(await sut.begin({ ...keyed('once'), caller: 'other' })).toBeNull();
  });

  it('have a key for a day', async () => {
    const old = keyed('daily');
    await sut.begin(old);
    await sqlOf(database).query(`UPDATE commands SET queued_at = now() - interval '25 hours' WHERE command_id = $1`, [
      old.commandId,
    ]);
    expect(await sut.ofKey('ops', 'daily')).toBeNull();
    const again = keyed('daily');
    expect(await sut.begin(again)).toBeNull();
    expect(await sut.ofKey('ops', 'daily')).toMatchObject({ commandId: again.commandId });
  });

  it('are taken once', async () => {
    const { commandId } = keyed('taken');
    await sut.begin({ ...keyed('taken'), commandId });
    const taken = await Promise.all(Array.from({ length: 6 }, () => sut.take(commandId)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    const ended = keyed('ended');
    await sut.begin(ended);
    await change({ commandId: ended.commandId, state: 'cancelled', at, outcome: {} });
    expect(await sut.take(ended.commandId)).toBe(false);
  });

  it('whose end nobody wrote have ended at their deadline', async () => {
    const past = new Date(Date.now() - 60_000);
    const [unsent, sent, taken] = [1, 2, 3].map(() => command({ deadline: past, cpId: 'CP-DEAD' })) as [
      NewCommand,
      NewCommand,
      NewCommand,
    ];
    for (const each of [unsent, sent, taken]) await sut.begin(each);
    await change({ commandId: sent.commandId, state: 'sent', action: 'Reset', at });
    await sut.take(taken.commandId);
    expect(await sut.get(unsent.commandId)).toMatchObject({ state: 'expired', endedAt: past });
    expect(await state(sent.commandId)).toBe('timeout');
    expect(await state(taken.commandId)).toBe('timeout');
    const { items } = await sut.list({ limit: 10, cpId: 'CP-DEAD', state: 'timeout' });
    expect(items.map(({ commandId }) => commandId)).toEqual([taken.commandId, sent.commandId]);
  });

  it('are listed by page and filter, the newest first', async () => {
    const made = Array.from({ length: 5 }, (_, n) => command({ cpId: 'CP-LIST', command: n % 2 ? 'reset' : 'call' }));
    for (const each of made) await sut.begin(each);
    const ids = made.map(({ commandId }) => commandId).reverse();
    const first = await sut.list({ limit: 2, cpId: 'CP-LIST' });
    const second = await sut.list({ limit: 3, cpId: 'CP-LIST', cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items].map(({ commandId }) => commandId)).toEqual(ids);
    expect(second.nextCursor).toBeNull();
    const calls = await sut.list({ limit: 9, cpId: 'CP-LIST', command: 'call', caller: 'ops', from: at });
    expect(calls.items).toHaveLength(3);
    expect((await sut.list({ limit: 9, cpId: 'CP-LIST', to: at })).items).toEqual([]);
    const tags = { site: 'berlin' };
    expect((await sut.list({ limit: 9, tags })).items).toEqual([]);
    await sqlOf(database).query(`INSERT INTO charge_points (cp_id, tags) VALUES ('CP-LIST', '{"site":"berlin"}')`);
    expect((await sut.list({ limit: 9, tags })).items.map(({ commandId }) => commandId)).toEqual(ids);
    await expect(sut.list({ limit: 1, cursor: 'nonsense' })).rejects.toBeInstanceOf(InvalidCursorError);
  });

  it('lead to the transaction that carries their remote start id', async () => {
    const start = command({ cpId: 'CP-TX', command: 'remote-start', request: { id_token: 'T', remote_start_id: 77 } });
    await sut.begin(start);
    expect(await sut.get(start.commandId)).toMatchObject({ transactionId: null });
    await sqlOf(database).query(
      `INSERT INTO transactions (cp_id, protocol, transaction_id, station_transaction_id, state, evse_id, connector_id,
         started_at, start_seen, remote_start_id)
       VALUES ('CP-TX', 'ocpp1.6', '1042', '1042', 'active', 1, 1, now(), true, 77)`,
    );
    expect(await sut.get(start.commandId)).toMatchObject({ transactionId: '1042' });
  });

  it('are deleted when they are old', async () => {
    const young = command({ cpId: 'CP-AGE' });
    await sut.begin(young);
    expect(await sut.prune(new Date(Date.now() - 86_400_000), 100)).toBeGreaterThanOrEqual(0);
    expect(await state(young.commandId)).toBe('queued');
    await sqlOf(database).query(`UPDATE commands SET queued_at = now() - interval '100 days'`);
    expect(await sut.prune(new Date(Date.now() + 60_000), 1)).toBe(1);
    expect(await sut.prune(new Date(Date.now() + 60_000), 1_000)).toBeGreaterThan(5);
    expect(await sut.get(young.commandId)).toBeNull();
  });
});
