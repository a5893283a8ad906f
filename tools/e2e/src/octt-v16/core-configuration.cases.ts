import { expect, it } from '@jest/globals';
import { CallErrorReceived } from '@ocpp-gw/testing';
import type { Stack } from '../stack.ts';
import { charging, type Octt, type Payload } from './octt.ts';

const INTERVAL = 'MeterValueSampleInterval';

/** Core: configuration keys, cache, and data transfer. */
export function coreConfiguration(stack: () => Stack): void {
  const { booted } = charging(stack);

  /** ChangeConfiguration of the sample interval to `value`, answered with `status`. */
  async function change(octt: Octt, key: string, value: string, status: string): Promise<void> {
    const { sent, heard } = await octt.command('change-configuration', { key, value }, 'ChangeConfiguration', {
      status,
    });
    expect(sent).toEqual({ key, value });
    expect(heard).toMatchObject({ status });
  }

  const valueOf = async (octt: Octt, key: string): Promise<unknown> =>
    (await octt.list('/configuration')).find((one) => one['key'] === key)?.['value'];

  it('TC_019_1 Retrieve all configuration keys', async () => {
    const octt = await booted('OCTT-019_1');
    const configurationKey = [
      { key: 'HeartbeatInterval', readonly: false, value: '300' },
      { key: INTERVAL, readonly: false, value: '30' },
      { key: 'SupportedFeatureProfiles', readonly: true, value: 'Core,FirmwareManagement' },
      { key: 'AuthorizationKey', readonly: false },
    ];
    const { sent, heard } = await octt.command('get-configuration', {}, 'GetConfiguration', { configurationKey });
    expect((sent['key'] as string[] | undefined) ?? []).toEqual([]);
    const withoutValue = (one: Payload): Payload => ({ key: one['key'], readonly: one['readonly'] });
    expect((heard['configuration'] as Payload[]).map(withoutValue)).toEqual(configurationKey.map(withoutValue));
    const stored = await octt.list('/configuration');
    expect(stored).toHaveLength(configurationKey.length);
    for (const { key, readonly, value = null } of configurationKey)
      expect(stored).toContainEqual(expect.objectContaining({ key, readonly, value }));
  });

  it('TC_019_2 Retrieve specific configuration key', async () => {
    const octt = await booted('OCTT-019_2');
    const profiles = { key: 'SupportedFeatureProfiles', readonly: true, value: 'Core,SmartCharging' };
    const { sent, heard } = await octt.command(
      'get-configuration',
      { keys: ['SupportedFeatureProfiles'] },
      'GetConfiguration',
      { configurationKey: [profiles] },
    );
    expect(sent).toEqual({ key: ['SupportedFeatureProfiles'] });
    expect(heard).toMatchObject({ configuration: [profiles], unknown_keys: [] });
    expect(await octt.list('/configuration')).toEqual([expect.objectContaining(profiles)]);
  });

  it('TC_021 Change/set Configuration', async () => {
    const octt = await booted('OCTT-021');
    await change(octt, INTERVAL, '60', 'Accepted');
    expect(await valueOf(octt, INTERVAL)).toBe('60');
  });

  it('TC_040_1 Configuration key – NotSupported', async () => {
    const octt = await booted('OCTT-040_1');
    await change(octt, 'NoSuchKey', '1', 'NotSupported');
    expect(await octt.list('/configuration')).toEqual([]);
  });

  it('TC_040_2 Configuration key – Invalid value', async () => {
    const octt = await booted('OCTT-040_2');
    await change(octt, INTERVAL, '30', 'Accepted');
    await change(octt, INTERVAL, '-1', 'Rejected');
    expect(await valueOf(octt, INTERVAL)).toBe('30');
  });

  it('TC_061 Clear Authorization Cache', async () => {
    const octt = await booted('OCTT-061');
    const { sent, heard } = await octt.command('clear-cache', {}, 'ClearCache', { status: 'Accepted' });
    expect(sent).toEqual({});
    expect(heard).toMatchObject({ status: 'Accepted' });
    expect(await octt.authorize()).toEqual({ status: 'Accepted' });
    expect(await octt.transactions()).toEqual([]);
  });

  it('TC_064 Data Transfer to Central System', async () => {
    const octt = await booted('OCTT-064');
    const transfer = { vendorId: 'no.such.vendor', messageId: 'hello', data: '{"a":1}' };
    const answer = await octt.call('DataTransfer', transfer).catch((error: unknown) => {
      throw error instanceof CallErrorReceived ? new Error('a CALLERROR fails the case', { cause: error }) : error;
    });
    expect(answer).toEqual({ status: 'UnknownVendorId' });
    expect(await octt.read()).toMatchObject({ online: true, registration_status: 'Accepted' });
  });
}
