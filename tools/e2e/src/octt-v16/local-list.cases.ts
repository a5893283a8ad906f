import { expect, it } from '@jest/globals';
import type { Stack } from '../stack.ts';
import { charging, type Octt, time } from './octt.ts';

/** LocalAuthListManagement. */
export function localList(stack: () => Stack): void {
  const { booted } = charging(stack);

  const expires = time(86_400);
  const entries = [
    { id_token: 'OCTT-LIST-1', status: 'Accepted', expires_at: expires, group_id_token: 'OCTT-FAMILY' },
    { id_token: 'OCTT-LIST-2', status: 'Blocked' },
  ];
  const localAuthorizationList = [
    { idTag: 'OCTT-LIST-1', idTagInfo: { status: 'Accepted', expiryDate: expires, parentIdTag: 'OCTT-FAMILY' } },
    { idTag: 'OCTT-LIST-2', idTagInfo: { status: 'Blocked' } },
  ];

  async function getVersion(octt: Octt, listVersion: number): Promise<void> {
    const { sent, heard } = await octt.command('get-local-list-version', {}, 'GetLocalListVersion', { listVersion });
    expect(sent).toEqual({});
    expect(heard).toMatchObject({ version: listVersion });
  }

  /** SendLocalList in full, answered with `status`. */
  async function sendFull(octt: Octt, version: number, status: string): Promise<void> {
    const body = { version, update_type: 'Full', entries };
    const { sent, heard } = await octt.command('send-local-list', body, 'SendLocalList', { status });
    expect(sent).toEqual({ listVersion: version, updateType: 'Full', localAuthorizationList });
    expect(heard).toMatchObject({ status });
  }

  it('TC_042_1 Get Local List Version – not supported', async () => {
    const octt = await booted('OCTT-042_1');
    await getVersion(octt, -1);
    expect(await octt.read('/local-list')).toMatchObject({ version: -1 });
  });

  it('TC_042_2 Get Local List Version – empty', async () => {
    const octt = await booted('OCTT-042_2');
    await getVersion(octt, 0);
    expect(await octt.read('/local-list')).toMatchObject({ version: 0 });
  });

  it('TC_043_1 Send Local List – NotSupported', async () => {
    const octt = await booted('OCTT-043_1');
    await getVersion(octt, -1);
    await sendFull(octt, 1, 'NotSupported');
    expect(await octt.read('/local-list')).toMatchObject({ version: -1 });
  });

  it('TC_043_3 Send Local List – Failed', async () => {
    const octt = await booted('OCTT-043_3');
    await getVersion(octt, 0);
    await sendFull(octt, 1, 'Failed');
    expect(await octt.read('/local-list')).toMatchObject({ version: 0 });
  });

  it('TC_043_4 Send Local List – Full', async () => {
    const octt = await booted('OCTT-043_4');
    await sendFull(octt, 1, 'Accepted');
    expect(await octt.read('/local-list')).toMatchObject({ version: 1 });
    await getVersion(octt, 1);
    expect(await octt.read('/local-list')).toMatchObject({ version: 1 });
  });

  it('TC_043_5 Send Local List – Differential', async () => {
    const octt = await booted('OCTT-043_5');
    await sendFull(octt, 1, 'Accepted');
    await getVersion(octt, 1);
    const { sent, heard } = await octt.command(
      'send-local-list',
      { version: 2, update_type: 'Differential', entries: [{ id_token: 'OCTT-LIST-2', status: 'Accepted' }] },
      'SendLocalList',
      { status: 'Accepted' },
    );
    expect(sent).toEqual({
      listVersion: 2,
      updateType: 'Differential',
      localAuthorizationList: [{ idTag: 'OCTT-LIST-2', idTagInfo: { status: 'Accepted' } }],
    });
    expect(heard).toMatchObject({ status: 'Accepted' });
    expect(await octt.read('/local-list')).toMatchObject({ version: 2 });
  });
}
