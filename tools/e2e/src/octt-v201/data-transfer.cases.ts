import { afterAll, expect, it } from '@jest/globals';
import { BACKEND_PATHS } from '@ocpp-gw/contracts';
import type { Stack } from '../stack.ts';
import { charging, time, token } from './octt.ts';

/** Block P, data transfer (P02), and customData, which any message may carry. */
export function dataTransfer(stack: () => Stack): void {
  const { booted } = charging(stack);

  afterAll(() => stack().backend.setAnswer(BACKEND_PATHS.dataTransfer));

  it('TC_P_02 Data Transfer to the CSMS - Rejected / Unknown VendorId / Unknown MessageId', async () => {
    const octt = await booted('OCTT2-P_02');
    expect(await octt.call('DataTransfer', { vendorId: 'com.example.nobody', data: { of: 'OCTT' } })).toEqual({
      status: 'UnknownVendorId',
    });
    const unknown = { vendorId: 'com.example.meters', messageId: 'Weather', data: 'rain' };
    expect(await octt.call('DataTransfer', unknown)).toEqual({ status: 'UnknownMessageId' });
    stack().backend.setAnswer(BACKEND_PATHS.dataTransfer, { body: { status: 'rejected' } });
    const refused = { vendorId: 'com.example.backend', messageId: 'Weather', data: ['rain', 3] };
    expect(await octt.call('DataTransfer', refused)).toEqual({ status: 'Rejected' });
    expect(stack().backend.requests({ path: BACKEND_PATHS.dataTransfer, cp_id: octt.cpId })).toMatchObject([
      { data: { vendor_id: 'com.example.backend', message_id: 'Weather', data: '["rain",3]' } },
    ]);
    expect(await octt.read()).toMatchObject({ online: true, registration_status: 'Accepted' });
  });

  it('TC_P_03 CustomData - Receive custom data', async () => {
    const octt = await booted('OCTT2-P_03');
    const customData = { vendorId: 'com.example.octt', depth: { list: [1, 'two', null] }, flag: true };
    expect(
      await octt.call('StatusNotification', {
        evseId: 1,
        connectorId: 1,
        connectorStatus: 'Occupied',
        timestamp: time(),
        customData,
      }),
    ).toEqual({});
    expect(await octt.connectorStatus(1)).toBe('Occupied');
    const transaction = octt.begin();
    await transaction.plugIn({
      idToken: { ...token(), customData },
      more: { customData, evse: { ...transaction.evse, customData } },
    });
    await transaction.ended('StopAuthorized', { wh: 1500, more: { customData } });
    expect(await octt.transaction()).toMatchObject({
      transaction_id: transaction.transactionId,
      state: 'ended',
      id_token: token().idToken,
      energy_wh: 500,
    });
  });
}
