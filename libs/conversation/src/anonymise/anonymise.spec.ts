import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type Schema, validPayload } from '@ocpp-gw/testing';
import fc from 'fast-check';
import type { RecordedMessage } from '../conversation.ts';
import { payloadOf } from '../frame.ts';
import { protocolOf } from '../protocols.ts';
import { recordedMessage } from '../recorded-message.ts';
import { anonymised } from './anonymise.ts';

const SALT = 'a salt for tests';
const VERSIONS = [
  { protocol: 'ocpp1.6', folder: '../../../ocpp-v16/schemas/', request: /^(?!.*Response)(\w+)\.json$/ },
  { protocol: 'ocpp2.0.1', folder: '../../../ocpp-v201/schemas/', request: /^(\w+)Request\.json$/ },
];
const MESSAGES = VERSIONS.flatMap(({ protocol, folder, request }) =>
  readdirSync(new URL(folder, import.meta.url)).flatMap((file) => {
    if (!file.endsWith('.json')) return [];
    const schema = JSON.parse(readFileSync(new URL(folder + file, import.meta.url), 'utf8')) as Schema;
    const action = request.exec(file)?.[1];
    return [
      { protocol, file, schema, action: action ?? file.replace('Response.json', ''), isCall: action !== undefined },
    ];
  }),
);

function message(frame: readonly unknown[], known: Partial<RecordedMessage> = {}): RecordedMessage {
  return recordedMessage(JSON.stringify(frame), {
    cpId: 'CP1',
    at: new Date('2026-03-01T10:00:00Z'),
    direction: 'in',
    protocol: 'ocpp1.6',
    ...known,
  });
}

function payloadsOf(messages: readonly RecordedMessage[], salt = SALT): unknown[] {
  return [...anonymised(messages, salt)].map(payloadOf);
}

describe('an anonymised message', () => {
  it.each(MESSAGES)('is as valid as before: $protocol $file', ({ protocol, schema, action, isCall }) => {
    fc.assert(
      fc.property(validPayload(schema), (payload) => {
        const frame = isCall ? [2, '1', action, payload] : [3, '1', payload];
        const [read] = payloadsOf([message(frame, { protocol, action })]);
        const { validateRequest, validateResponse } = protocolOf({ protocol, action });
        const validation = (isCall ? validateRequest : validateResponse)(action, read, 'strict');
        expect(validation).toMatchObject({ ok: true });
      }),
      { numRuns: 20 },
    );
  });

  it('has none of the values that identify somebody, whatever their place', () => {
    const value = fc.stringMatching(/^[A-Z][A-Z0-9]{2}-?[A-Z0-9]{4,12}$/);
    const placed = fc.constantFrom(
      (text: string) => text,
      (text: string) => text.toLowerCase(),
      (text: string) => `card ${text} was read`,
      (text: string) => `{"card":"${text}"}`,
      (text: string) => `wss://${text}.example/${text}`,
    );
    const at = fc.constantFrom(...MESSAGES);
    const case_ = at.chain((which) => fc.tuple(fc.constant(which), validPayload(which.schema)));
    fc.assert(
      fc.property(
        fc.uniqueArray(value, { minLength: 4, maxLength: 4 }),
        placed,
        case_,
        fc.nat(),
        (values, place, [which, payload], pick) => {
          const [cpId = '', token = '', serial = '', iccid = ''] = values;
          const { protocol, action, isCall } = which;
          const planted = place(values[pick % 4] ?? '');
          const spoilt = plant(payload, planted, pick);
          const known = { cpId, protocol };
          const all = [
            message([2, '1', 'Authorize', { idTag: token }], known),
            message([2, '2', 'BootNotification', { chargePointSerialNumber: serial, iccid }], known),
            message(isCall ? [2, planted, action, spoilt] : [3, planted, spoilt], {
              ...known,
              action,
              transactionId: planted,
            }),
            message([4, '3', planted, planted, { [planted]: planted }], { ...known, action }),
            message([planted], known),
          ];
          const text = JSON.stringify([...anonymised(all, SALT)]).toLowerCase();
          expect(values.filter((each) => text.includes(each.toLowerCase()))).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('has equal replacements for equal values, in any letter case and place', () => {
    const [first, second, third] = payloadsOf([
      message([2, '1', 'Authorize', { idTag: 'AbCd1234' }]),
      message([2, '2', 'StartTransaction', { idTag: 'ABCD1234', connectorId: 1 }]),
      message([2, '3', 'Authorize', { idToken: { idToken: 'abcd1234', type: 'ISO14443' } }], { protocol: 'ocpp2.0.1' }),
    ]) as [Record<string, unknown>, Record<string, unknown>, { idToken: Record<string, unknown> }];
    expect(first['idTag']).toMatch(/^anon[0-9a-f]{12}$/);
    expect(second).toEqual({ idTag: first['idTag'], connectorId: 1 });
    expect(third.idToken).toEqual({ idToken: first['idTag'], type: 'ISO14443' });
  });

  it('has other replacements in another export', () => {
    const all = [message([2, '1', 'Authorize', { idTag: 'AbCd1234' }])];
    expect(payloadsOf(all, 'one')).not.toEqual(payloadsOf(all, 'another'));
  });

  it('keeps what an analysis needs', () => {
    const [read] = anonymised(
      [
        message([
          2,
          'm-1',
          'MeterValues',
          {
            connectorId: 1,
            transactionId: 100001,
            meterValue: [
              {
                timestamp: '2026-03-01T10:00:00Z',
                sampledValue: [{ value: '12345678.5', unit: 'Wh', location: 'Outlet', context: 'Sample.Periodic' }],
              },
            ],
          },
        ]),
      ],
      SALT,
    );
    expect(read).toMatchObject({ messageId: 'm-1', action: 'MeterValues', transactionId: '100001' });
    expect(payloadOf(read as RecordedMessage)).toEqual(
      payloadOf(message(JSON.parse((read as RecordedMessage).raw) as unknown[])),
    );
    expect((read as RecordedMessage).raw).toContain('"value":"12345678.5","unit":"Wh","location":"Outlet"');
  });

  it.each([
    ['a setting', { key: 'HeartbeatInterval', value: '300' }, { key: 'HeartbeatInterval', value: '300' }],
    [
      'a list of measurands',
      { key: 'K', value: 'Voltage,Current.Import.L1' },
      { key: 'K', value: 'Voltage,Current.Import.L1' },
    ],
    [
      'an address',
      { location: 'ftp://user:pass@host/x' },
      { location: expect.stringMatching(/^https:\/\/anon\w+\.invalid\/$/) },
    ],
    [
      'a setting in words',
      { key: 'Owner', value: 'Jane Doe' },
      { key: 'Owner', value: expect.stringMatching(/^anon/) },
    ],
    ['a vendor text', { info: 'Jane Doe' }, { info: expect.stringMatching(/^anon/) }],
    ['an id token that is a number', { idTag: 1234567 }, { idTag: expect.any(Number) }],
    [
      'a number that nobody else names',
      { data: '4711', retries: 3 },
      { data: expect.stringMatching(/^anon/), retries: 3 },
    ],
    ['a masked secret', { password: '[redacted]' }, { password: '[redacted]' }],
    ['nothing', { idTag: '', info: null }, { idTag: '', info: null }],
  ])('reads %s', (_, payload, expected) => {
    const [read] = payloadsOf([message([2, '1', 'DataTransfer', payload])]);
    expect(read).toEqual(expected);
  });

  it('has no number of a card', () => {
    const [read] = anonymised([message([2, '1', 'DataTransfer', { data: { card: 12345678 } }])], SALT);
    expect(read?.raw).not.toContain('12345678');
  });

  it('has only the shape of a frame that cannot be read', () => {
    const broken = recordedMessage('[2,"1","Authorize",{"idTag":"AB', {
      cpId: 'CP1',
      at: new Date('2026-03-01T10:00:00Z'),
      direction: 'in',
      protocol: 'ocpp1.6',
    });
    expect([...anonymised([broken], SALT)][0]?.raw).toBe('[x,"x","xxxxxxxxx",{"xxxxx":"xx');
  });
});

/** The payload with a text in place of one of its texts that are no values of the specification. */
function plant(payload: unknown, text: string, pick: number): unknown {
  const copy = structuredClone(payload);
  const places: [Record<string, unknown> | unknown[], string][] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, member] of Object.entries(value)) {
      if (typeof member === 'string') places.push([value as Record<string, unknown>, name]);
      visit(member);
    }
  };
  visit(copy);
  const [object, name] = places[pick % Math.max(1, places.length)] ?? [];
  if (object && name !== undefined) (object as Record<string, unknown>)[name] = text;
  return copy;
}
