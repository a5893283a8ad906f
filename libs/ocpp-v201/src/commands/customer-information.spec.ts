import type { CommandOf } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import { customerInformation } from './customer-information.ts';

const hash = { hashAlgorithm: 'SHA256', issuerNameHash: 'ab', issuerKeyHash: 'cd', serialNumber: '01' } as const;
const ask = (sent: Partial<CommandOf<'CustomerInformation'>>) =>
  customerInformation.toCall({ kind: 'CustomerInformation', ocppRequestId: 9, report: true, clear: false, ...sent });

describe('CustomerInformation', () => {
  it.each<{ sent: Partial<CommandOf<'CustomerInformation'>>; payload: object }>([
    { sent: { customerIdentifier: 'C-1' }, payload: { customerIdentifier: 'C-1' } },
    { sent: { idToken: 'TOKEN' }, payload: { idToken: { idToken: 'TOKEN', type: 'Central' } } },
    {
      sent: { idToken: 'TOKEN', idTokenType: 'eMAID' },
      payload: { idToken: { idToken: 'TOKEN', type: 'eMAID' } },
    },
    { sent: { customerCertificate: hash }, payload: { customerCertificate: hash } },
    {
      sent: { customerIdentifier: 'C-1', report: false, clear: true },
      payload: { customerIdentifier: 'C-1', report: false, clear: true },
    },
  ])('sends $payload (TC_N_27, TC_N_32, TC_N_62, TC_N_63)', ({ sent, payload }) => {
    expect(ask(sent)).toEqual({
      ok: true,
      action: 'CustomerInformation',
      payload: { requestId: 9, report: true, clear: false, ...payload },
    });
  });

  it.each<[string, Partial<CommandOf<'CustomerInformation'>>, string]>([
    ['no customer', {}, ''],
    ['a customer who is named twice', { customerIdentifier: 'C-1', idToken: 'TOKEN' }, ''],
    ['neither report nor clear', { idToken: 'TOKEN', report: false }, ''],
    ['a name of 65 characters', { customerIdentifier: 'x'.repeat(65) }, '/customerIdentifier'],
  ])('refuses %s', (_, sent, path) => {
    expect(ask(sent)).toMatchObject({ kind: 'invalidPayload', errors: [{ path }] });
  });

  it.each([
    ['Accepted', true, 1],
    ['Accepted', false, 0],
    ['Rejected', true, 0],
    ['Invalid', true, 0],
  ] as const)('answered %s when asked to report %s brings %i report (TC_N_29)', (status, report, reports) => {
    const request = { requestId: 9, report, clear: true, customerIdentifier: 'C-1' };
    expect(customerInformation.mirror.answered(request, { status })).toEqual(
      Array.from({ length: reports }, () => ({
        kind: 'reportRequested',
        report: 'CustomerInformation',
        requestId: 9,
        empty: false,
      })),
    );
  });
});
