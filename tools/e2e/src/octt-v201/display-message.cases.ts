import { expect, it } from '@jest/globals';
import type { Stack } from '../stack.ts';
import { charging, type Octt, type Payload, time } from './octt.ts';

const CONTENT = { format: 'UTF8', language: 'en', content: 'Free charging until noon' };

/** A message as the operator and as the wire have it. */
interface Message {
  body: Payload;
  wire: Payload;
}

function message(id: number, more: { body?: Payload; wire?: Payload } = {}): Message {
  const common = { id, priority: 'NormalCycle', message: CONTENT };
  return { body: { ...common, ...more.body }, wire: { ...common, ...(more.wire ?? more.body) } };
}

/** Block O, messages on the display of a station (O01 to O06). */
export function displayMessage(stack: () => Stack): void {
  const { booted } = charging(stack);

  /** SetDisplayMessage, which must leave exactly as `wire`, answered with `status`. */
  async function set(octt: Octt, { body, wire }: Message, status = 'Accepted'): Promise<void> {
    const { sent, heard } = await octt.command('set-display-message', { message: body }, 'SetDisplayMessage', {
      status,
    });
    expect(sent).toEqual({ message: wire });
    expect(heard).toMatchObject({ status });
  }

  /** The operator reads just these messages. */
  async function shows(octt: Octt, messages: readonly Message[]): Promise<void> {
    const rows = await octt.list('/display-messages');
    expect(rows.map((row) => row['message_id']).sort()).toEqual(messages.map(({ body }) => body['id']).sort());
    for (const { body } of messages) {
      const { id, ...said } = body;
      expect(rows.find((row) => row['message_id'] === id)).toMatchObject(said);
    }
  }

  /** Of the case alone; the station takes it. */
  async function sets(cpId: string, of: Message): Promise<Octt> {
    const octt = await booted(cpId);
    await set(octt, of);
    await shows(octt, [of]);
    return octt;
  }

  it('TC_O_01 Set Display Message - Success', async () => {
    await sets('OCTT2-O_01', message(1));
  });

  it('TC_O_06 Set Display Message - Specific transaction - Success', () => duringTransaction('OCTT2-O_06', message(6)));
  it('TC_O_27 Set Display Message - Specific transaction - Display message at StartTime', () =>
    duringTransaction('OCTT2-O_27', at(27, 'start')));
  it('TC_O_28 Set Display Message - Specific transaction - Remove message after EndTime', () =>
    duringTransaction('OCTT2-O_28', at(28, 'end')));

  async function duringTransaction(cpId: string, { body, wire }: Message): Promise<void> {
    const octt = await booted(cpId);
    const { transactionId } = await octt.charging();
    const of = { body: { ...body, transaction_id: transactionId }, wire: { ...wire, transactionId } };
    await set(octt, of);
    await shows(octt, [of]);
  }

  /** Shown from a moment on, or until then. */
  function at(id: number, edge: 'start' | 'end'): Message {
    const moment = time(3600);
    return message(id, { body: { [`${edge}_date_time`]: moment }, wire: { [`${edge}DateTime`]: moment } });
  }

  it('TC_O_10 Set Display Message - Specific transaction - UnknownTransaction', () =>
    refuses('OCTT2-O_10', 'UnknownTransaction', {
      body: { ...message(10).body, transaction_id: 'nobody' },
      wire: { ...message(10).wire, transactionId: 'nobody' },
    }));
  it('TC_O_17 Set Display Message - NotSupportedPriority', () =>
    refuses('OCTT2-O_17', 'NotSupportedPriority', message(17, { body: { priority: 'AlwaysFront' } })));
  it('TC_O_18 Set Display Message - NotSupportedState', () =>
    refuses('OCTT2-O_18', 'NotSupportedState', message(18, { body: { state: 'Faulted' } })));
  it('TC_O_19 Set Display Message - NotSupportedMessageFormat', () => {
    const html = { format: 'HTML', content: '<b>Free charging</b>' };
    return refuses('OCTT2-O_19', 'NotSupportedMessageFormat', message(19, { body: { message: html } }));
  });
  it('TC_O_26 Set Display Message - Rejected', () => refuses('OCTT2-O_26', 'Rejected', message(26)));

  async function refuses(cpId: string, status: string, of: Message): Promise<void> {
    const octt = await booted(cpId);
    await set(octt, of, status);
    await shows(octt, []);
  }

  it('TC_O_12 Set Display Message - Replace DisplayMessage', async () => {
    const octt = await sets('OCTT2-O_12', message(12));
    const replacement = message(12, {
      body: { priority: 'InFront', message: { ...CONTENT, content: 'Closed at noon' } },
    });
    await set(octt, replacement);
    await shows(octt, [replacement]);
  });

  it('TC_O_13 Set Display Message - Display message at StartTime', async () => {
    await sets('OCTT2-O_13', at(13, 'start'));
  });
  it('TC_O_14 Set Display Message - Remove message after EndTime', async () => {
    await sets('OCTT2-O_14', at(14, 'end'));
  });
  it('TC_O_25 Set Display Message - Send Specific state', async () => {
    await sets('OCTT2-O_25', message(25, { body: { state: 'Charging' } }));
  });

  interface Query {
    body: object;
    wire?: object;
    status?: 'Accepted' | 'Unknown';
  }

  /** GetDisplayMessages. @returns its requestId */
  async function get(octt: Octt, { body, wire = body, status = 'Accepted' }: Query): Promise<number> {
    const { sent, heard } = await octt.command('get-display-messages', body, 'GetDisplayMessages', { status });
    expect(sent).toEqual({ requestId: expect.any(Number), ...wire });
    expect(heard).toMatchObject({ status, ocpp_request_id: sent['requestId'] });
    return sent['requestId'] as number;
  }

  /** The messages that the station has, of which the operator has set none. */
  const THERE = [message(2), message(3, { body: { priority: 'InFront', state: 'Idle' } })];

  it('TC_O_02 Get all Display Messages - Success', () => finds('OCTT2-O_02', { body: {} }, THERE));
  it('TC_O_07 Get a Specific Display Message - Id', () =>
    finds('OCTT2-O_07', { body: { ids: [3] }, wire: { id: [3] } }, THERE.slice(1)));
  it('TC_O_08 Get a Specific Display Message - Priority', () =>
    finds('OCTT2-O_08', { body: { priority: 'InFront' } }, THERE.slice(1)));
  it('TC_O_09 Get a Specific Display Message - State', () =>
    finds('OCTT2-O_09', { body: { state: 'Idle' } }, THERE.slice(1)));

  /** One part a message. */
  async function finds(cpId: string, query: Query, found: readonly Message[]): Promise<void> {
    const octt = await booted(cpId);
    const requestId = await get(octt, query);
    const path = `/reports/${requestId}`;
    for (const [index, { wire }] of found.entries()) {
      expect(await octt.read(path)).toMatchObject({ state: 'collecting', parts: index });
      const part = { requestId, messageInfo: [wire], tbc: index < found.length - 1 };
      expect(await octt.call('NotifyDisplayMessages', part)).toEqual({});
    }
    const items = found.map(({ wire }) => wire);
    expect(await octt.read(path)).toMatchObject({ kind: 'DisplayMessages', state: 'complete', items });
    await shows(octt, found);
  }

  it('TC_O_03 Get all Display Messages - No DisplayMessages configured', () => findsNone('OCTT2-O_03', { body: {} }));
  it('TC_O_11 Get a Specific Display Message - Unknown parameters', () =>
    findsNone('OCTT2-O_11', { body: { ids: [99] }, wire: { id: [99] } }));

  async function findsNone(cpId: string, query: Query): Promise<void> {
    const octt = await booted(cpId);
    const requestId = await get(octt, { ...query, status: 'Unknown' });
    expect(await octt.read(`/reports/${requestId}`)).toMatchObject({ state: 'complete', parts: 0, items: [] });
    await shows(octt, []);
  }

  async function clear(octt: Octt, id: number, status: string): Promise<void> {
    const { sent, heard } = await octt.command('clear-display-message', { id }, 'ClearDisplayMessage', { status });
    expect(sent).toEqual({ id });
    expect(heard).toMatchObject({ status });
  }

  it('TC_O_04 Clear Display Message - Success', async () => {
    const octt = await sets('OCTT2-O_04', message(4));
    await clear(octt, 4, 'Accepted');
    await shows(octt, []);
  });

  it('TC_O_05 Clear Display Message - Unknown Key', async () => {
    const octt = await sets('OCTT2-O_05', message(5));
    await clear(octt, 99, 'Unknown');
    await shows(octt, [message(5)]);
  });
}
