import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { randomUUID } from 'node:crypto';
import { clickhouseSchema, clickhouseTarget } from './config.ts';
import { Messages, type MessageFilter } from './messages.ts';
import { migrate, schemaFolders } from './migrator/migrator.ts';

describe(Messages.name, () => {
  let plane: DataPlane;
  let client: ClickHouseClient;
  let sut: Messages;
  const now = Date.now();
  const at = (second: number): Date => new Date(now - 60_000 + second * 1000);

  const frame = (number: number, parts: Record<string, unknown>) => ({
    event_id: randomUUID(),
    cp_id: 'CP1',
    protocol: 'ocpp1.6',
    occurred_at: at(number).getTime(),
    recorded_at: at(number).getTime(),
    pod: 'pod',
    direction: 'in',
    kind: 'call',
    connection_id: 'c1',
    number,
    size_bytes: 10,
    ...parts,
  });

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'messages', ports: 'random', only: ['clickhouse'] });
    const target = clickhouseTarget(clickhouseSchema.parse({ EVEYS_OCPP_CLICKHOUSE_URL: plane.clickhouseUrl }), 'spec');
    await migrate(target, schemaFolders);
    client = createClient(target);
    sut = new Messages(client);
    const start = { action: 'StartTransaction', message_id: 's' };
    const values = [
      frame(1, { ...start, raw: '[2,"s","StartTransaction",{"idTag":"Émile"}]' }),
      frame(2, {
        ...start,
        ...{ direction: 'out', kind: 'call_result', outcome: 'result', latency_ms: 12.5, transaction_id: '7' },
        raw: '[3,"s",{"transactionId":7}]',
      }),
      frame(3, { action: 'Heartbeat', message_id: 'h', raw: '[2,"h","Heartbeat",{}]' }),
      frame(4, {
        ...{ action: 'Heartbeat', message_id: 'h', direction: 'out', kind: 'call_error', outcome: 'error' },
        ...{ error_code: 'InternalError', raw: '[4,"h","InternalError","",{}]' },
      }),
      // Another connection uses the ids again.
      frame(5, { action: 'Heartbeat', message_id: 's', connection_id: 'c2', number: 1, raw: '[2,"s","Heartbeat",{}]' }),
      frame(6, { kind: 'unreadable', connection_id: 'c2', number: 2, raw: 'hello' }),
      frame(7, { cp_id: 'CP2', action: 'Heartbeat', raw: '[2,"h","Heartbeat",{}]' }),
    ];
    // Kafka may deliver twice.
    for (let n = 0; n < 2; n += 1) await client.insert({ table: 'messages', values, format: 'JSONEachRow' });
  }, 120_000);

  afterAll(async () => {
    await client.close();
    await plane.stop();
  });

  const found = async (filter: Partial<MessageFilter>): Promise<string[]> =>
    (await sut.list({ cpId: 'CP1', limit: 100, ...filter })).items.map(({ raw }) => raw.slice(0, 12));

  it.each<[string, Partial<MessageFilter>, string[]]>([
    [
      'all, the newest first',
      {},
      ['hello', '[2,"s","Hear', '[4,"h","Inte', '[2,"h","Hear', '[3,"s",{"tra', '[2,"s","Star'],
    ],
    ['of an action', { action: 'StartTransaction' }, ['[3,"s",{"tra', '[2,"s","Star']],
    ['of a direction', { direction: 'out' }, ['[4,"h","Inte', '[3,"s",{"tra']],
    ['of a kind', { kind: 'unreadable' }, ['hello']],
    ['of an outcome', { outcome: 'error' }, ['[4,"h","Inte']],
    ['of a connection', { connectionId: 'c2' }, ['hello', '[2,"s","Hear']],
    ['of a transaction, with the CALL whose answer names it', { transactionId: '7' }, ['[3,"s",{"tra', '[2,"s","Star']],
    ['with a text, in any letter case', { text: 'éMILE' }, ['[2,"s","Star']],
    ['of a period', { from: at(3), to: at(5) }, ['[4,"h","Inte', '[2,"h","Hear']],
  ])('gives those %s', async (_what, filter, expected) => {
    expect(await found(filter)).toEqual(expected);
  });

  it('gives each once, page by page', async () => {
    const pages: string[][] = [];
    for await (const page of sut.all({ cpId: 'CP1' }, 4)) pages.push(page.map(({ raw }) => raw));
    expect(pages.map(({ length }) => length)).toEqual([4, 2]);
    expect(new Set(pages.flat()).size).toBe(6);
  });

  it('knows the newest frame of each charge point of a period', async () => {
    expect(await sut.newest(at(7))).toEqual(new Map([['CP2', at(7)]]));
    expect(await sut.newest(at(3))).toEqual(
      new Map([
        ['CP1', at(6)],
        ['CP2', at(7)],
      ]),
    );
    expect(await sut.newest(at(8))).toEqual(new Map());
  });

  it('gives what is not known as null', async () => {
    const [unreadable] = (await sut.list({ cpId: 'CP1', limit: 1 })).items;
    expect(unreadable).toMatchObject({
      action: null,
      messageId: null,
      outcome: null,
      latencyMs: null,
      transactionId: null,
    });
    const [answer] = (await sut.list({ cpId: 'CP1', limit: 1, action: 'StartTransaction' })).items;
    expect(answer).toMatchObject({ latencyMs: 12.5, transactionId: '7', occurredAt: at(2), number: 2 });
  });
});
