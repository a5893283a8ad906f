import { describe, expect, it } from '@jest/globals';
import { COMMANDS } from '@ocpp-gw/contracts';
import { defined } from './definitions.ts';
import { toCommand } from './typed-commands.ts';

describe('toCommand', () => {
  it('renames at every depth and leaves values alone', () => {
    const entries = [{ id_token: 'id_token', expires_at: 'x' }];
    const request = { version: 1, update_type: 'Full', entries };
    expect(toCommand(defined(COMMANDS.SendLocalList), request)).toEqual({
      kind: 'SendLocalList',
      version: 1,
      updateType: 'Full',
      entries: [{ idToken: 'id_token', expiresAt: 'x' }],
    });
  });
});
