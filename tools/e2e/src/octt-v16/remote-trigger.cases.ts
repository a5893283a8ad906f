import { expect, it } from '@jest/globals';
import { until } from '../until.ts';
import type { Stack } from '../stack.ts';
import { charging, time } from './octt.ts';

/** RemoteTrigger. */
export function remoteTrigger(stack: () => Stack): void {
  const { booted } = charging(stack);

  it('TC_054 Trigger Message', async () => {
    const octt = await booted('OCTT-054');
    // A station sends what was asked for after it has answered.
    const trigger = async (requestedMessage: string, evse_id?: number): Promise<void> => {
      const body = { requested_message: requestedMessage, ...(evse_id && { evse_id }) };
      const { sent, heard } = await octt.command('trigger-message', body, 'TriggerMessage', { status: 'Accepted' });
      expect(sent).toEqual({ requestedMessage, ...(evse_id && { connectorId: evse_id }) });
      expect(heard).toMatchObject({ status: 'Accepted' });
    };

    await trigger('MeterValues', 1);
    const meterValue = [{ timestamp: time(), sampledValue: [{ value: '4711', context: 'Trigger' }] }];
    expect(await octt.call('MeterValues', { connectorId: 1, meterValue })).toEqual({});
    await trigger('Heartbeat');
    expect(await octt.call('Heartbeat')).toEqual({ currentTime: expect.any(String) });
    await trigger('StatusNotification', 1);
    await octt.status(1, 'Available');
    await trigger('DiagnosticsStatusNotification');
    expect(await octt.call('DiagnosticsStatusNotification', { status: 'Idle' })).toEqual({});
    await trigger('FirmwareStatusNotification');
    expect(await octt.call('FirmwareStatusNotification', { status: 'Idle' })).toEqual({});

    expect(await octt.connectorStatus(1)).toBe('Available');
    // Idle: there is no update and no upload to show.
    expect(await octt.list('/firmware-updates')).toEqual([]);
    expect(await octt.list('/log-uploads')).toEqual([]);
    await until('the triggered reading', async () => {
      expect(await octt.list('/meter-values')).toEqual([expect.objectContaining({ value: 4711, context: 'Trigger' })]);
    });
  });

  it('TC_055 Trigger Message – Rejected', async () => {
    const octt = await booted('OCTT-055');
    const body = { requested_message: 'MeterValues', evse_id: 1 };
    const { sent, heard } = await octt.command('trigger-message', body, 'TriggerMessage', { status: 'Rejected' });
    expect(sent).toEqual({ requestedMessage: 'MeterValues', connectorId: 1 });
    expect(heard).toMatchObject({ status: 'Rejected' });
    expect(await octt.read()).toMatchObject({ online: true });
  });
}
