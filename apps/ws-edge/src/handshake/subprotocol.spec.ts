import { describe, expect, it } from '@jest/globals';
import { negotiate } from './subprotocol.ts';

const usual = { mismatch: 'reject', assumeOcpp16: false } as const;

describe('negotiate', () => {
  it.each([
    ['ocpp1.6', 'ocpp1.6'],
    ['ocpp2.0.1', 'ocpp2.0.1'],
    ['ocpp1.6,ocpp2.0.1', 'ocpp1.6'],
    ['ocpp2.0.1, ocpp1.6', 'ocpp2.0.1'],
    ['ocpp0.1,ocpp1.6', 'ocpp1.6'],
    [' , ocpp2.1 ,ocpp2.0.1', 'ocpp2.0.1'],
  ])("takes the first of %j that is spoken, in the client's order", (header, subprotocol) => {
    expect(negotiate(header, usual)).toEqual({ subprotocol });
  });

  it.each([
    ['ocpp1.5', 'unsupported_subprotocol'],
    ['OCPP1.6', 'unsupported_subprotocol'],
    ['', 'no_subprotocol'],
    [undefined, 'no_subprotocol'],
  ])('refuses %j with 400 (TC_088_CSMS)', (header, reason) => {
    expect(negotiate(header, usual)).toMatchObject({ refused: true, status: 400, reason });
  });

  it('takes silence for 1.6 where the setting says so, and nothing else', () => {
    const settings = { ...usual, assumeOcpp16: true };
    expect(negotiate(undefined, settings)).toEqual({ subprotocol: 'ocpp1.6' });
    expect(negotiate('ocpp1.5', settings)).toMatchObject({ reason: 'unsupported_subprotocol' });
  });

  it('upgrades and closes where the setting follows the letter of OCPP-J', () => {
    expect(negotiate('ocpp1.5', { ...usual, mismatch: 'upgrade-then-close' })).toMatchObject({
      closeAfterUpgrade: { reason: 'unsupported_subprotocol' },
    });
  });
});
