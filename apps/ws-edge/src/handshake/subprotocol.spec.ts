import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PROTOCOLS } from '../protocols.ts';
import { chooseSubprotocol, noSubprotocol, offeredSubprotocols } from './subprotocol.ts';

describe('the choice of a subprotocol', () => {
  it.each([
    ['ocpp1.6', 'ocpp1.6'],
    ['ocpp2.0.1', 'ocpp2.0.1'],
    ['ocpp1.6,ocpp2.0.1', 'ocpp1.6'],
    ['ocpp2.0.1, ocpp1.6', 'ocpp2.0.1'],
    ['ocpp0.1,ocpp1.6', 'ocpp1.6'],
    [' , ocpp2.1 ,ocpp2.0.1', 'ocpp2.0.1'],
    ['ocpp1.5', undefined],
    ['', undefined],
    [undefined, undefined],
  ])("takes of %j the first that is spoken in the client's order: %s", (header, subprotocol) => {
    expect(chooseSubprotocol(offeredSubprotocols(header, PROTOCOLS.spoken))?.protocol.dialect.subprotocol).toBe(
      subprotocol,
    );
  });

  it.each([
    [',ocpp2.0.1', 'ocpp2.0.1', 'ocpp2.0.1'],
    ['ocpp2.0.1,', 'ocpp2.0.1', 'ocpp2.0.1'],
    [',, ocpp1.6 ,,', 'ocpp1.6', 'ocpp1.6'],
    ['ocpp1.6, ocpp1.6', 'ocpp1.6', 'ocpp1.6'],
    ['OCPP1.6', 'ocpp1.6', 'OCPP1.6'],
    ['ocpp 1.6', 'ocpp1.6', 'ocpp 1.6'],
    ['ocpp16', 'ocpp1.6', 'ocpp16'],
    ['Ocpp-1.6J', 'ocpp1.6', 'Ocpp-1.6J'],
    ['ocpp1.6-json', 'ocpp1.6', 'ocpp1.6-json'],
    ['ocpp/1.6', 'ocpp1.6', 'ocpp/1.6'],
    ['ocppj1.6', 'ocpp1.6', 'ocppj1.6'],
    ['OCPPv1.6', 'ocpp1.6', 'OCPPv1.6'],
    ['1.6', 'ocpp1.6', '1.6'],
    ['"ocpp1.6"', 'ocpp1.6', '"ocpp1.6"'],
    ['ocpp201', 'ocpp2.0.1', 'ocpp201'],
    ['OCPP 2.0.1', 'ocpp2.0.1', 'OCPP 2.0.1'],
    ['OCPP1.6, ocpp2.0.1', 'ocpp1.6', 'OCPP1.6'],
    ['OCPP1.6, ocpp1.6', 'ocpp1.6', 'ocpp1.6'],
    ['ocpp1.6 ocpp2.0.1', 'ocpp1.6', 'ocpp1.6'],
    ['ocpp2.0.1; ocpp1.6', 'ocpp2.0.1', 'ocpp2.0.1'],
    ['mqtt;OCPP1.6', 'ocpp1.6', 'OCPP1.6'],
  ])('F20 understands %j as %s, and echoes %j as it was offered', (header, subprotocol, echo) => {
    expect(chooseSubprotocol(offeredSubprotocols(header, PROTOCOLS.spoken))).toMatchObject({
      protocol: { dialect: { subprotocol } },
      echo,
    });
  });

  it.each(['ocpp2.0', 'ocpp20', 'ocpp2.1', 'ocpp1.2', '16', '201', '1', 'ocpp', 'ocpp11.6', 'ocpp1.66', 'xocpp1.6'])(
    'F20 takes %j for no version: it may mean another',
    (header) => {
      expect(chooseSubprotocol(offeredSubprotocols(header, PROTOCOLS.spoken))).toBeNull();
    },
  );

  it.each(['', ',', ' , ,'])('F20 finds nothing offered in %j', (header) => {
    expect(noSubprotocol(offeredSubprotocols(header, PROTOCOLS.spoken), PROTOCOLS.spoken, 'reject')).toMatchObject({
      reason: 'no_subprotocol',
    });
  });

  it('F20 echoes nothing that was not offered, and nothing that could be no header', () => {
    const offers = fc.array(
      fc.oneof(fc.string(), fc.constantFrom('ocpp1.6', 'OCPP 1.6', 'ocpp201', '"ocpp1.6"', ';', ' ')),
    );
    fc.assert(
      fc.property(offers, (names) => {
        const header = names.join(',');
        const { echo } = chooseSubprotocol(offeredSubprotocols(header, PROTOCOLS.spoken)) ?? {};
        if (echo === undefined) return;
        expect(header).toContain(echo);
        expect(echo).toMatch(/^[\x20-\x7e]+$/);
        expect(echo).not.toContain(',');
      }),
    );
  });

  it.each([
    ['ocpp1.5', 'unsupported_subprotocol'],
    [undefined, 'no_subprotocol'],
  ])('refuses %j with 400 (TC_088_CSMS)', (header, reason) => {
    const refusal = noSubprotocol(offeredSubprotocols(header, PROTOCOLS.spoken), PROTOCOLS.spoken, 'reject');
    expect(refusal).toMatchObject({ refused: true, status: 400, reason });
  });

  it('upgrades and closes where the setting follows the letter of OCPP-J', () => {
    expect(
      noSubprotocol(offeredSubprotocols('ocpp1.5', PROTOCOLS.spoken), PROTOCOLS.spoken, 'upgrade-then-close'),
    ).toMatchObject({
      closeAfterUpgrade: { reason: 'unsupported_subprotocol' },
    });
  });
});
