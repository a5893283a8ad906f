import { describe, expect, it } from '@jest/globals';
import { chooseSubprotocol, noSubprotocol, offeredSubprotocols } from './subprotocol.ts';

describe('the choice of a subprotocol', () => {
  it.each([
    ['ocpp1.6', 'ocpp1.6'],
    ['ocpp2.0.1', 'ocpp2.0.1'],
    ['ocpp1.6,ocpp2.0.1', 'ocpp1.6'],
    ['ocpp2.0.1, ocpp1.6', 'ocpp2.0.1'],
    ['ocpp0.1,ocpp1.6', 'ocpp1.6'],
    [' , ocpp2.1 ,ocpp2.0.1', 'ocpp2.0.1'],
    ['ocpp1.5', null],
    ['OCPP1.6', null],
    ['', null],
    [undefined, null],
  ])("takes of %j the first that is spoken in the client's order: %s", (header, subprotocol) => {
    expect(chooseSubprotocol(offeredSubprotocols(header))).toBe(subprotocol);
  });

  it.each([
    ['ocpp1.5', 'unsupported_subprotocol'],
    [undefined, 'no_subprotocol'],
  ])('refuses %j with 400 (TC_088_CSMS)', (header, reason) => {
    const refusal = noSubprotocol(offeredSubprotocols(header), 'reject');
    expect(refusal).toMatchObject({ refused: true, status: 400, reason });
  });

  it('upgrades and closes where the setting follows the letter of OCPP-J', () => {
    expect(noSubprotocol(['ocpp1.5'], 'upgrade-then-close')).toMatchObject({
      closeAfterUpgrade: { reason: 'unsupported_subprotocol' },
    });
  });
});
