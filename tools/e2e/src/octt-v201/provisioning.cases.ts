import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { BACKEND_PATHS } from '@ocpp-gw/contracts';
import { HandshakeRefused } from '@ocpp-gw/testing';
import type { Stack } from '../stack.ts';
import { charging, type Octt, time } from './octt.ts';

/** Block B: boots and network profiles. */
export function provisioning(stack: () => Stack): void {
  const { registered, booted } = charging(stack);
  /** The backend's word on a station; all others are accepted. */
  const words = new Map<string, string>();

  beforeAll(() =>
    stack().backend.setAnswer(BACKEND_PATHS.register, ({ cp_id }) => ({
      body: { status: words.get(cp_id) ?? 'accepted', heartbeat_interval_s: 300 },
    })),
  );
  afterAll(() => stack().backend.setAnswer(BACKEND_PATHS.register));

  const available = { evseId: 1, connectorId: 1, connectorStatus: 'Available', timestamp: time() };
  const securityError = (octt: Octt, action: string, payload: object): Promise<void> =>
    expect(octt.call(action, payload)).rejects.toMatchObject({ code: 'SecurityError' });

  it('TC_B_01 Cold Boot Charging Station - Accepted', async () => {
    const octt = await registered('OCTT2-B_01');
    expect(await octt.read()).toMatchObject({ online: false, registration_status: null });
    await octt.connect();
    await octt.boot({
      station: { serialNumber: 'SN-B_01', firmwareVersion: '1.0', modem: { iccid: '89', imsi: '26' } },
    });
    for (const evseId of [1, 2]) await octt.status('Available', evseId);
    expect(await octt.call('Heartbeat')).toEqual({ currentTime: expect.any(String) });
    const station = await octt.read();
    expect(station).toMatchObject({
      online: true,
      registration_status: 'Accepted',
      protocol: 'ocpp2.0.1',
      vendor: 'OCTT',
      model: 'O2',
      serial_number: 'SN-B_01',
      firmware_version: '1.0',
      iccid: '89',
      imsi: '26',
    });
    expect(station['connectors']).toEqual(
      [1, 2].map((id) => expect.objectContaining({ evse_id: id, connector_id: 1, status: 'Available' })),
    );
  });

  it('TC_B_02 Cold Boot Charging Station - Pending', async () => {
    const octt = await registered('OCTT2-B_02');
    await octt.connect();
    words.set(octt.cpId, 'pending');
    await octt.boot({ status: 'Pending' });
    expect(await octt.read()).toMatchObject({ online: true, registration_status: 'Pending' });
    words.delete(octt.cpId);
    await octt.boot();
    await octt.status('Available');
    expect(await octt.read()).toMatchObject({ registration_status: 'Accepted' });
    expect(await octt.connectorStatus(1)).toBe('Available');
  });

  it('TC_B_30 Cold Boot Charging Station - Pending/Rejected - SecurityError', async () => {
    for (const status of ['Pending', 'Rejected']) {
      const octt = await registered(`OCTT2-B_30-${status}`);
      words.set(octt.cpId, status.toLowerCase());
      await octt.connect();
      await octt.boot({ status });
      await securityError(octt, 'StatusNotification', available);
      await securityError(octt, 'Heartbeat', {});
      await securityError(octt, 'Authorize', { idToken: { idToken: 'OCTT-TAG', type: 'ISO14443' } });
      expect(await octt.read()).toMatchObject({ online: true, registration_status: status, connectors: [] });
    }
  });

  it('TC_B_31 Cold Boot Charging Station - Pending/Rejected - TriggerMessage', async () => {
    const octt = await registered('OCTT2-B_31');
    words.set(octt.cpId, 'pending');
    await octt.connect();
    await octt.boot({ status: 'Pending' });
    words.delete(octt.cpId);
    const body = { requested_message: 'BootNotification' };
    const { sent, heard } = await octt.command('trigger-message', body, 'TriggerMessage', { status: 'Accepted' });
    expect(sent).toEqual({ requestedMessage: 'BootNotification' });
    expect(heard).toMatchObject({ status: 'Accepted' });
    await octt.boot({ reason: 'Triggered' });
    await octt.status('Available');
    expect(await octt.read()).toMatchObject({ registration_status: 'Accepted' });

    // B03.FR.03: to a station that is rejected nothing is sent, this neither.
    words.set(octt.cpId, 'rejected');
    await octt.boot({ status: 'Rejected' });
    expect(await octt.operator('POST', '/commands/trigger-message', body)).toMatchObject({ status: 409 });
    words.delete(octt.cpId);
    await octt.boot();
  });

  /** SetNetworkProfile of slot 2, every field as given, answered with `status`. */
  async function setNetworkProfile(octt: Octt, status: string): Promise<void> {
    const connection_data = {
      ocpp_version: 'OCPP20',
      ocpp_transport: 'JSON',
      ocpp_csms_url: 'wss://csms.example.com/ocpp',
      message_timeout: 30,
      security_profile: 1,
      ocpp_interface: 'Wireless0',
      apn: { apn: 'octt.example', apn_user_name: 'octt', apn_password: 'apn-secret', apn_authentication: 'CHAP' },
    };
    const body = { configuration_slot: 2, connection_data };
    const { sent, heard } = await octt.command('set-network-profile', body, 'SetNetworkProfile', { status });
    expect(sent).toEqual({
      configurationSlot: 2,
      connectionData: {
        ocppVersion: 'OCPP20',
        ocppTransport: 'JSON',
        ocppCsmsUrl: 'wss://csms.example.com/ocpp',
        messageTimeout: 30,
        securityProfile: 1,
        ocppInterface: 'Wireless0',
        apn: { apn: 'octt.example', apnUserName: 'octt', apnPassword: 'apn-secret', apnAuthentication: 'CHAP' },
      },
    });
    expect(heard).toMatchObject({ status });
  }

  it('TC_B_42 Set new NetworkConnectionProfile - Accepted', async () => {
    const octt = await booted('OCTT2-B_42');
    await setNetworkProfile(octt, 'Accepted');
    const profiles = await octt.list('/network-profiles');
    expect(profiles).toEqual([
      expect.objectContaining({
        configuration_slot: 2,
        ocpp_version: 'OCPP20',
        ocpp_csms_url: 'wss://csms.example.com/ocpp',
        message_timeout: 30,
        security_profile: 1,
        ocpp_interface: 'Wireless0',
        apn: expect.objectContaining({ apn: 'octt.example', apn_user_name: 'octt', apn_authentication: 'CHAP' }),
      }),
    ]);
    expect(JSON.stringify(profiles)).not.toContain('apn-secret');
    expect(await octt.read()).toMatchObject({ security_profile: 0, offered_security_profile: 1 });
  });

  it('TC_B_44 Set new NetworkConnectionProfile - Failed', async () => {
    const octt = await booted('OCTT2-B_44');
    await setNetworkProfile(octt, 'Failed');
    expect(await octt.list('/network-profiles')).toEqual([]);
    expect(await octt.read()).toMatchObject({ offered_security_profile: null });
  });

  it('TC_B_58 WebSocket Subprotocol validation', async () => {
    const octt = await registered('OCTT2-B_58');
    const knocking = octt.connect({ protocols: ['ocpp0.1'] });
    await expect(knocking).rejects.toThrow(HandshakeRefused);
    await expect(knocking).rejects.toMatchObject({ status: 400 });
    expect(await octt.read()).toMatchObject({ online: false });
    await octt.connect({ protocols: ['ocpp0.1', 'ocpp2.0.1'] });
    expect(octt.charger.protocol).toBe('ocpp2.0.1');
    await octt.boot();
    expect(await octt.read()).toMatchObject({ online: true, protocol: 'ocpp2.0.1' });
  });
}
