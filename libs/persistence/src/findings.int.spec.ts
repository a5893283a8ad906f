import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InvalidCursorError, decodeEvent } from '@ocpp-gw/contracts';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { createDatabase, type Database } from './database.ts';
import { Findings, type Changes, type FindingFilter, type FoundFinding, type Look, type Written } from './findings.ts';
import { migrate } from './migrations/migrate.ts';
import { sqlOf } from './testing.ts';

let plane: DataPlane;
let database: Database;
let sut: Findings;

beforeAll(async () => {
  plane = await startDataPlane({ name: 'persistence-findings', ports: 'random', only: ['postgres'] });
  await migrate({ url: plane.postgresUrl, applicationName: 'spec' });
  database = createDatabase({ url: plane.postgresUrl, poolSize: 4, applicationName: 'spec' });
  await database.start();
  sut = new Findings(database);
}, 120_000);

afterAll(async () => {
  await database?.stop();
  await plane?.stop();
});

const T = Date.parse('2026-12-01T12:00:00Z');
const at = (second: number): Date => new Date(T + second * 1000);

const found = (finding: string, parts: Partial<FoundFinding> = {}): FoundFinding => ({
  ...{ finding, severity: 'warning', firstSeenAt: at(0), lastSeenAt: at(1), count: 1 },
  ...{ details: ['a sentence'], frameEventIds: ['e1'], ...parts },
});
const nothing: Changes = { opened: [], seen: [], ended: [] };

let points = 0;

/** A charge point of its own for each test. */
function station(parts: Partial<Look['station']> = {}) {
  const cpId = `CP-${(points += 1)}`;
  const of = { cpId, protocol: 'ocpp1.6', vendor: 'Acme', model: 'One', firmwareVersion: '1.2', ...parts };
  return {
    cpId,
    write: (second: number, changes: Partial<Changes>, decide?: (open: readonly string[]) => void): Promise<Written> =>
      sut.write(
        { station: of, at: at(second), newestAt: at(second - 1), pod: 'pod-1', titleOf: (kind) => `title of ${kind}` },
        (open) => {
          decide?.(open);
          return { ...nothing, ...changes };
        },
      ),
    async events() {
      const rows = await sqlOf(database).query<{ payload: Buffer; lane: string; destination: string }>(
        'SELECT lane, destination, payload FROM outbox WHERE cp_id = $1 ORDER BY id',
        [cpId],
      );
      return rows.map(({ payload, lane, destination }) => {
        const event = decodeEvent(payload);
        if (event.payload?.$case !== 'findingChanged') throw new Error('another event');
        return { ...event, ...event.payload.value, lane, destination };
      });
    },
    async records(state: FindingFilter['state'] = 'open') {
      return (await sut.list({ limit: 10, state, cpId })).items;
    },
  };
}

describe(Findings.name, () => {
  it('opens a finding, keeps it and ends it, with an event for the opening and one for the end', async () => {
    const { cpId, write, events, records } = station();
    const { opened } = await write(10, { opened: [found('meter-gap')] });
    expect(opened).toMatchObject([{ cpId, finding: 'meter-gap', openedAt: at(10), endedAt: null, vendor: 'Acme' }]);
    await write(
      20,
      { seen: [found('meter-gap', { firstSeenAt: at(5), lastSeenAt: at(15), count: 7, details: ['more'] })] },
      (open) => expect(open).toEqual(['meter-gap']),
    );
    expect(await records()).toMatchObject([
      { firstSeenAt: at(0), lastSeenAt: at(15), count: 7, details: ['more'], openedAt: at(10) },
    ]);
    const { ended } = await write(30, { ended: ['meter-gap'] });
    expect(ended).toMatchObject([{ finding: 'meter-gap', endedAt: at(30) }]);
    expect(await records()).toEqual([]);
    expect(await records('ended')).toMatchObject([{ finding: 'meter-gap', count: 7 }]);
    const whole = { cpId, pod: 'pod-1', protocol: 'ocpp1.6', lane: 'kafka', destination: 'cp.finding' };
    const same = { ...whole, findingId: opened[0]?.findingId, title: 'title of meter-gap', firmwareVersion: '1.2' };
    expect(await events()).toMatchObject([
      { ...same, state: 'open', count: 1, occurredAt: at(10), firstSeenAt: at(0), frameEventIds: ['e1'] },
      { ...same, state: 'ended', count: 7, occurredAt: at(30), lastSeenAt: at(15) },
    ]);
  });

  it('opens what it finds again later under a new id, in the same row', async () => {
    const { write, records, events } = station();
    const [first] = (await write(10, { opened: [found('meter-gap')] })).opened;
    await write(20, { ended: ['meter-gap'] });
    const [again] = (await write(30, { opened: [found('meter-gap', { firstSeenAt: at(25) })] })).opened;
    expect(again?.findingId).not.toBe(first?.findingId);
    expect(await records()).toMatchObject([{ firstSeenAt: at(25), openedAt: at(30) }]);
    expect((await events()).map(({ state }) => state)).toEqual(['open', 'ended', 'open']);
  });

  it('opens a finding once, also when two pods look at the same time', async () => {
    const { write, events } = station();
    const both = await Promise.all([
      write(10, { opened: [found('meter-gap'), found('clock-skew')] }),
      write(10.001, { opened: [found('clock-skew'), found('meter-gap')] }),
    ]);
    expect(both.flatMap(({ opened }) => opened)).toHaveLength(2);
    expect(await events()).toHaveLength(2);
    const ends = await Promise.all([write(20, { ended: ['meter-gap'] }), write(20.001, { ended: ['meter-gap'] })]);
    expect(ends.flatMap(({ ended }) => ended)).toHaveLength(1);
    expect(await events()).toHaveLength(3);
  });

  it('changes nothing by a look that is older than the one before', async () => {
    const { write, records, events } = station();
    await write(20, { opened: [found('meter-gap')] });
    expect(await write(10, { ended: ['meter-gap'], opened: [found('clock-skew')] })).toEqual({ opened: [], ended: [] });
    expect(await records()).toMatchObject([{ finding: 'meter-gap' }]);
    expect(await events()).toHaveLength(1);
  });

  it('writes neither row nor look when the event cannot be written', async () => {
    const { cpId, write, records } = station();
    const { query } = sqlOf(database);
    const sql = (text: string) => query.call(sqlOf(database), text);
    await sql(`ALTER TABLE outbox ADD CONSTRAINT none CHECK (cp_id <> '${cpId}')`);
    await expect(write(10, { opened: [found('meter-gap')] })).rejects.toThrow('none');
    await sql('ALTER TABLE outbox DROP CONSTRAINT none');
    expect(await records()).toEqual([]);
    expect((await write(11, { opened: [found('meter-gap')] })).opened).toHaveLength(1);
  });

  it('takes any text that a charge point may have sent', async () => {
    const { write, records } = station({ vendor: null, model: null, firmwareVersion: null, protocol: null });
    await write(10, { opened: [found('calls-refused', { details: ['a\0b\ud800'], frameEventIds: [] })] });
    expect(await records()).toMatchObject([{ details: ['ab\ufffd'], vendor: null }]);
  });

  it('knows its looks until it forgets them, and the charge points with open findings', async () => {
    const { cpId, write } = station();
    await write(40, { opened: [found('meter-gap')] });
    expect(await sut.looks()).toContainEqual({ cpId, lookedAt: at(40), newestAt: at(39) });
    expect(await sut.troubled()).toContain(cpId);
    await sut.forgetLooks(at(41));
    expect(await sut.looks()).toEqual([]);
  });

  it('lists them page by page, the latest opened first, and by what they are', async () => {
    await sqlOf(database).query('TRUNCATE findings, finding_looks');
    const [one, two] = [station({ vendor: 'Volt' }), station({ vendor: 'VOLT', model: 'Two', firmwareVersion: '9' })];
    await sqlOf(database).query(`INSERT INTO charge_points (cp_id, tags) VALUES ($1, '{"site":"berlin"}')`, [two.cpId]);
    await one.write(10, { opened: [found('meter-gap')] });
    await two.write(20, {
      opened: [found('meter-gap'), found('connector-fault', { severity: 'critical', lastSeenAt: at(9) })],
    });
    const list = async (filter: Partial<FindingFilter>) =>
      (await sut.list({ limit: 10, state: 'open', ...filter })).items.map(({ cpId, finding }) => `${cpId} ${finding}`);
    const all = await list({});
    expect(all).toHaveLength(3);
    expect(all[2]).toBe(`${one.cpId} meter-gap`);
    const first = await sut.list({ limit: 2, state: 'open' });
    expect(first.nextCursor).not.toBeNull();
    expect(await list({ cursor: first.nextCursor ?? '' })).toEqual([all[2]]);
    await expect(list({ cursor: 'bm8' })).rejects.toThrow(InvalidCursorError);
    const fault = `${two.cpId} connector-fault`;
    expect(await list({ finding: 'connector-fault' })).toEqual([fault]);
    expect(await list({ severity: 'critical' })).toEqual([fault]);
    expect(await list({ since: at(5) })).toEqual([fault]);
    expect(await list({ vendor: 'volt' })).toHaveLength(3);
    expect(await list({ vendor: 'volt', model: 'two', firmwareVersion: '9' })).toHaveLength(2);
    expect(await list({ cpId: one.cpId.toLowerCase() })).toHaveLength(1);
    expect(await list({ tags: { site: 'berlin' } })).toHaveLength(2);
    expect(await list({ state: 'ended' })).toEqual([]);
    expect(await sut.summary(1)).toEqual({
      ...{ open: 3, chargePoints: 2 },
      byFinding: [{ finding: 'meter-gap', severity: 'warning', open: 2, chargePoints: 2 }],
      byVendor: [{ vendor: 'VOLT', open: 2, chargePoints: 1 }],
      byFirmware: [{ vendor: 'VOLT', model: 'Two', firmwareVersion: '9', open: 2, chargePoints: 1 }],
    });
  });
});
