import { expect, it } from '@jest/globals';
import type { Stack } from '../stack.ts';
import { charging, FAMILY, group, type Octt, time, token } from './octt.ts';

/** Block D: the local authorization list. */
export function localList(stack: () => Stack): void {
  const { booted } = charging(stack);

  const expires = time(86_400);
  const [first, second] = [
    {
      rest: {
        id_token: 'OCTT-LIST-1',
        id_token_type: 'ISO14443',
        status: 'Accepted',
        expires_at: expires,
        group_id_token: FAMILY,
      },
      wire: {
        idToken: token('OCTT-LIST-1'),
        idTokenInfo: { status: 'Accepted', cacheExpiryDateTime: expires, ...group(FAMILY) },
      },
    },
    {
      rest: { id_token: 'OCTT-LIST-2', id_token_type: 'ISO14443', status: 'Blocked' },
      wire: { idToken: token('OCTT-LIST-2'), idTokenInfo: { status: 'Blocked' } },
    },
  ];

  async function send(
    octt: Octt,
    version: number,
    updateType: 'Full' | 'Differential',
    entries: readonly { rest: object; wire: object }[],
  ): Promise<void> {
    const { sent, heard } = await octt.command(
      'send-local-list',
      { version, update_type: updateType, entries: entries.map(({ rest }) => rest) },
      'SendLocalList',
      { status: 'Accepted' },
    );
    expect(sent).toEqual({
      versionNumber: version,
      updateType,
      // The schema has no empty list: a list without entries is left out (D01.FR.04).
      ...(entries.length > 0 ? { localAuthorizationList: entries.map(({ wire }) => wire) } : {}),
    });
    expect(heard).toMatchObject({ status: 'Accepted' });
    expect(await octt.read('/local-list')).toMatchObject({ version });
  }

  it('TC_D_01 Send Local Authorization List - Full', async () => {
    const octt = await booted('OCTT2-D_01');
    await send(octt, 1, 'Full', [first, second]);
  });

  it('TC_D_02 Send Local Authorization List - Differential Update', async () => {
    const octt = await booted('OCTT2-D_02');
    await send(octt, 1, 'Full', [first]);
    await send(octt, 2, 'Differential', [second]);
  });

  it('TC_D_03 Send Local Authorization List - Differential Remove', async () => {
    const octt = await booted('OCTT2-D_03');
    await send(octt, 1, 'Full', [first, second]);
    const removal = {
      rest: { id_token: 'OCTT-LIST-2', id_token_type: 'ISO14443' },
      wire: { idToken: token('OCTT-LIST-2') },
    };
    await send(octt, 2, 'Differential', [removal]);
  });

  it('TC_D_04 Send Local Authorization List - Full with empty list', async () => {
    const octt = await booted('OCTT2-D_04');
    await send(octt, 1, 'Full', [first]);
    await send(octt, 2, 'Full', []);
  });

  it.each([
    ['TC_D_08 Get Local List Version - Success', 'OCTT2-D_08', 7],
    ['TC_D_09 Get Local List Version - No list available', 'OCTT2-D_09', 0],
  ])('%s', async (_, cpId, versionNumber) => {
    const octt = await booted(cpId);
    if (versionNumber > 0) await send(octt, versionNumber, 'Full', [first]);
    const { sent, heard } = await octt.command('get-local-list-version', {}, 'GetLocalListVersion', { versionNumber });
    expect(sent).toEqual({});
    expect(heard).toMatchObject({ version: versionNumber });
    expect(await octt.read('/local-list')).toMatchObject({ version: versionNumber });
  });
}
