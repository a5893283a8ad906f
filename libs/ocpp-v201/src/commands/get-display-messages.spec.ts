import type { CommandOf } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import { getDisplayMessages } from './get-display-messages.ts';

const get = (sent: Partial<CommandOf<'GetDisplayMessages'>>) =>
  getDisplayMessages.toCall({ kind: 'GetDisplayMessages', ocppRequestId: 9, ...sent });

describe('GetDisplayMessages', () => {
  it.each<{ sent: Partial<CommandOf<'GetDisplayMessages'>>; payload: object }>([
    { sent: {}, payload: {} },
    { sent: { ids: [1, 2] }, payload: { id: [1, 2] } },
    { sent: { priority: 'InFront', state: 'Idle' }, payload: { priority: 'InFront', state: 'Idle' } },
  ])('sends $payload (TC_O_02, TC_O_07 to TC_O_09)', ({ sent, payload }) => {
    expect(get(sent)).toEqual({ ok: true, action: 'GetDisplayMessages', payload: { requestId: 9, ...payload } });
  });

  it('refuses a list of no ids', () => {
    expect(get({ ids: [] })).toMatchObject({ kind: 'invalidPayload', errors: [{ path: '/id' }] });
  });

  it.each([
    ['Accepted', false],
    ['Unknown', true],
  ] as const)('answered %s brings a report, empty: %s (TC_O_03, TC_O_11)', (status, empty) => {
    expect(getDisplayMessages.mirror.answered({ requestId: 9 }, { status })).toEqual([
      { kind: 'reportRequested', report: 'DisplayMessages', requestId: 9, empty },
    ]);
  });
});
