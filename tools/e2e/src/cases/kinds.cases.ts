import { expect, it } from '@jest/globals';
import { at, idToken, readings, transactionEvent, type Payload } from './station.ts';
import type { World } from './world.ts';

/** Relatives of F5 to F15: the same kinds of oddity elsewhere in the schemas, in CALLs and in answers. */
export function kinds(world: () => World): void {
  const boot16 = { chargePointVendor: 'V', chargePointModel: 'M' };
  const boot201 = { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } };

  it.concurrent.each<[string, string, Payload, Payload]>([
    ['a vendor that is far too long', 'KIND-B1', { ...boot16, chargePointVendor: 'V'.repeat(90) }, {}],
    ['no vendor', 'KIND-B2', { chargePointModel: 'M' }, { model: 'M' }],
    ['no model', 'KIND-B3', { chargePointVendor: 'V' }, { vendor: 'V' }],
    [
      'null for what is absent',
      'KIND-B4',
      { ...boot16, firmwareVersion: null, iccid: null },
      { firmware_version: null },
    ],
    ['an object for a text', 'KIND-B5', { ...boot16, meterType: { name: 'X' } }, { model: 'M' }],
    ['a serial number far too long', 'KIND-B6', { ...boot16, chargePointSerialNumber: 'S'.repeat(80) }, { model: 'M' }],
    ['a boolean for a text', 'KIND-B7', { ...boot16, meterType: false }, { model: 'M' }],
  ])('F5 (relative) a BootNotification with %s is accepted', async (_, cpId, payload, outcome) => {
    const station = await world().sixteen(cpId);
    expect(await station.call('BootNotification', payload)).toMatchObject({ status: 'Accepted' });
    expect(await station.read()).toMatchObject(outcome);
  });

  it.concurrent.each<[string, string, Payload]>([
    ['no reason', 'KIND-B201-1', { chargingStation: boot201.chargingStation }],
    ['a reason nobody knows', 'KIND-B201-2', { ...boot201, reason: 'Boredom' }],
    [
      'a modem without anything',
      'KIND-B201-3',
      { ...boot201, chargingStation: { ...boot201.chargingStation, modem: null } },
    ],
    [
      'a vendor that is far too long',
      'KIND-B201-4',
      { ...boot201, chargingStation: { model: 'M', vendorName: 'V'.repeat(90) } },
    ],
    ['no model', 'KIND-B201-5', { ...boot201, chargingStation: { vendorName: 'V' } }],
    ['the fields of 1.6', 'KIND-B201-6', { ...boot201, ...boot16 }],
    ['customData that is a list', 'KIND-B201-7', { ...boot201, customData: [] }],
  ])('F5 (relative) 2.0.1: a BootNotification with %s is accepted', async (_, cpId, payload) => {
    const station = await world().two(cpId);
    expect(await station.call('BootNotification', payload)).toMatchObject({ status: 'Accepted' });
  });

  it.concurrent.each<[string, string, string, Payload, Payload]>([
    ['numbers as text', 'KIND-S1', '"1"', { meterStart: '1000' }, {}],
    ['decimals in the registers', 'KIND-S2', '1', { meterStart: 1000.2 }, {}],
    ['a reservation that is text', 'KIND-S3', '1', { meterStart: 1000, reservationId: '7' }, {}],
    ['null for what is absent', 'KIND-S4', '1', { meterStart: 1000, reservationId: null }, {}],
    ['the end as text', 'KIND-S5', '1', { meterStart: 1000 }, { meterStop: '5000' }],
    ['a number for the reason', 'KIND-S6', '1', { meterStart: 1000 }, { reason: 3 }],
    [
      'one object for transactionData',
      'KIND-S7',
      '1',
      { meterStart: 1000 },
      { transactionData: { timestamp: at(30), sampledValue: { value: 3 } } },
    ],
    ['transactionData that is text', 'KIND-S8', '1', { meterStart: 1000 }, { transactionData: 'none' }],
    ['the time as a number', 'KIND-S9', '1', { meterStart: 1000 }, { timestamp: Date.parse(at(60)) / 1000 }],
  ])('T14 (relative) 1.6: a session with %s is billed', async (_, cpId, connectorId, start, stop) => {
    const station = await world().sixteen(cpId);
    const place = { connectorId: JSON.parse(connectorId) as unknown, idTag: 'CARD1', timestamp: at(0) };
    const { transactionId } = await station.call('StartTransaction', { ...place, ...start });
    await station.call('StopTransaction', { transactionId, meterStop: 5000, timestamp: at(60), ...stop });
    await world().downstream.holds(cpId, [{ state: 'ended', id_token: 'CARD1', energy_wh: 4000, connector_id: 1 }]);
  });

  it.concurrent('T14 (relative) 1.6: a stop that names its transaction by text is its end', async () => {
    const cpId = 'KIND-S10';
    const station = await world().sixteen(cpId);
    const id = await station.start(1, 'CARD1', 1000);
    await station.call('StopTransaction', { transactionId: String(id), meterStop: 5000, timestamp: at(60) });
    await world().downstream.holds(cpId, [{ state: 'ended', energy_wh: 4000, unassigned_reason: null }]);
  });

  it.concurrent.each<['sixteen' | 'two', string, string, Payload, Payload]>([
    [
      'sixteen',
      'KIND-C1',
      'DataTransfer',
      { vendorId: 'com.example.meters', messageId: 'Calibration', data: { a: 1 } },
      { status: 'Accepted' },
    ],
    [
      'sixteen',
      'KIND-C2',
      'DataTransfer',
      { vendorId: 'com.example.meters', messageId: 'Calibration', data: 7 },
      { status: 'Accepted' },
    ],
    ['sixteen', 'KIND-C3', 'Authorize', { idTag: 12345678 }, { idTagInfo: { status: 'Accepted' } }],
    [
      'two',
      'KIND-C4',
      'Authorize',
      { idToken: { idToken: 12345678, type: 'RFID' } },
      { idTokenInfo: expect.any(Object) },
    ],
    ['two', 'KIND-C5', 'SecurityEventNotification', { type: 'X'.repeat(80), timestamp: at(0) }, {}],
    ['two', 'KIND-C6', 'SecurityEventNotification', { type: 'Tamper', timestamp: 'now' }, {}],
    ['sixteen', 'KIND-C7', 'SecurityEventNotification', { type: 'Tamper' }, {}],
    ['two', 'KIND-C8', 'MeterValues', { evseId: '1', ...readings(at(0), { value: '1501' }) }, {}],
    ['two', 'KIND-C9', 'LogStatusNotification', { status: 'uploaded', requestId: '3' }, {}],
    [
      'two',
      'KIND-C10',
      'NotifyChargingLimit',
      { evseId: '1', chargingLimit: { chargingLimitSource: 'Sun', isGridCritical: 'true' } },
      {},
    ],
    ['two', 'KIND-C11', 'FirmwareStatusNotification', { status: 'Installed', requestId: null }, {}],
    ['two', 'KIND-C12', 'Heartbeat', { a: 1 }, { currentTime: expect.any(String) }],
    ['two', 'KIND-C13', 'ReservationStatusUpdate', { reservationId: '5', reservationUpdateStatus: 'expired' }, {}],
  ])(
    'F5 (relative) what is odd about a CALL costs no message (%s, %s, %s)',
    async (version, cpId, action, payload, answer) => {
      const station = await world()[version](cpId);
      expect(await station.call(action, payload)).toMatchObject(answer);
    },
  );

  it.concurrent.each<[string, 'sixteen' | 'two', string, string, object, string, unknown]>([
    [
      'KIND-A1',
      'sixteen',
      'change-configuration',
      'ChangeConfiguration',
      { key: 'K', value: '1' },
      '{"status":"ACCEPTED"}',
      'Accepted',
    ],
    ['KIND-A2', 'sixteen', 'reset', 'Reset', { type: 'Soft' }, '{"status":"Accepted","vendor":{"a":1}}', 'Accepted'],
    ['KIND-A3', 'sixteen', 'get-local-list-version', 'GetLocalListVersion', {}, '{"listVersion":"5"}', 'Accepted'],
    ['KIND-A4', 'sixteen', 'clear-cache', 'ClearCache', {}, '{"status":"Accepted","status2":null}', 'Accepted'],
    ['KIND-A5', 'sixteen', 'unlock-connector', 'UnlockConnector', { evse_id: 1 }, '{"status":"unlocked"}', 'Unlocked'],
    [
      'KIND-A6',
      'two',
      'reset',
      'Reset',
      { type: 'Hard' },
      '{"status":"Accepted","statusInfo":{"reasonCode":7}}',
      'Accepted',
    ],
    ['KIND-A7', 'two', 'clear-cache', 'ClearCache', {}, '{"status":"Accepted","customData":null}', 'Accepted'],
    [
      'KIND-A8',
      'two',
      'unlock-connector',
      'UnlockConnector',
      { evse_id: 1 },
      '{"status":"Unlocked","statusInfo":{"reasonCode":"x","additionalInfo":"' + 'y'.repeat(2000) + '"}}',
      'Unlocked',
    ],
    ['KIND-A9', 'two', 'get-local-list-version', 'GetLocalListVersion', {}, '{"versionNumber":"5"}', 'Accepted'],
    [
      'KIND-A10',
      'two',
      'get-log',
      'GetLog',
      { log_type: 'DiagnosticsLog', location: 'https://x.example/' },
      '{"status":"Accepted","filename":123}',
      'Accepted',
    ],
  ])(
    'F10 (relative) an odd answer is read (%s, %s, %s)',
    async (cpId, version, slug, action, body, payload, status) => {
      const station = await world()[version](cpId);
      station.answers(action, (_, id) => {
        station.charger.sendRaw(`[3,"${id}",${payload}]`);
        return [3, 'reported already', {}];
      });
      const answer = await station.operator('POST', `/commands/${slug}`, body);
      expect(answer).toMatchObject({ status: 200, body: { status } });
    },
  );

  it.concurrent.each<[string, string]>([
    ['KIND-A20', '[3,"ID",null]'],
    ['KIND-A21', '[3,"ID"]'],
    ['KIND-A22', '[3,"ID",[]]'],
    ['KIND-A23', '[3,"ID","Accepted"]'],
    ['KIND-A24', '[3,"ID",{"status":"Accepted"}]\u0000'],
    ['KIND-A25', '[4,"ID"]'],
    ['KIND-A26', '[4,"ID",7,8,9]'],
    ['KIND-A27', '[3,"ID",{"status":"Accepted"'],
  ])('F3 (relative) an odd answer ends its CALL at once (%s, %s)', async (cpId, raw) => {
    const station = await world().sixteen(cpId);
    station.answers('ClearCache', (_, id) => {
      station.charger.sendRaw(raw.replace('ID', id));
      return [3, 'reported already', {}];
    });
    const began = performance.now();
    const { status } = await station.operator('POST', '/commands/clear-cache', {});
    expect(performance.now() - began).toBeLessThan(15_000);
    expect([200, 502]).toContain(status);
  });

  it.concurrent.each<[string, Payload]>([
    ['KIND-E1', { timestamp: undefined }],
    ['KIND-E2', { cleared: 'false' }],
    ['KIND-E3', { eventId: '7' }],
    ['KIND-E4', { trigger: 'Sunrise' }],
    ['KIND-E5', { actualValue: 42 }],
    ['KIND-E6', { techInfo: 'x'.repeat(2000) }],
    ['KIND-E7', { eventNotificationType: undefined }],
    ['KIND-E8', { component: { name: 'Connector', evse: { id: '1', connectorId: '1' } } }],
  ])('F18 (relative) an odd event of NotifyEvent still tells its value (%s, %j)', async (cpId, odd) => {
    const station = await world().two(cpId);
    const event = {
      eventId: 1,
      timestamp: at(1),
      trigger: 'Delta',
      eventNotificationType: 'HardWiredNotification',
      component: { name: 'Connector', evse: { id: 1, connectorId: 1 } },
      variable: { name: 'Temperature' },
      actualValue: '42',
    };
    const payload = { generatedAt: at(1), seqNo: 0, tbc: false, eventData: [{ ...event, ...odd }] };
    expect(await station.call('NotifyEvent', payload)).toEqual({});
    expect(await station.list('/variables?component=Connector&variable=Temperature')).toEqual([
      expect.objectContaining({ value: '42', evse_id: 1 }),
    ]);
  });

  it.concurrent('T14 strict goes on refusing odd CALLs of every kind', async () => {
    await world().strict('KIND-STRICT');
    await world().strict('KIND-STRICT-201');
    const sixteen = await world().sixteen('KIND-STRICT');
    const two = await world().two('KIND-STRICT-201');
    const refused = { code: expect.stringMatching(/Violation$/) };
    await expect(sixteen.call('BootNotification', { ...boot16, iccid: 7 })).rejects.toMatchObject(refused);
    await expect(sixteen.call('Authorize', { idTag: 'T'.repeat(21) })).rejects.toMatchObject(refused);
    await expect(sixteen.call('FirmwareStatusNotification', { status: 'Odd' })).rejects.toMatchObject(refused);
    await expect(two.call('StatusNotification', { connectorId: 1, status: 'Available' })).rejects.toMatchObject(
      refused,
    );
    await expect(two.call('Authorize', { idToken: idToken('X', 'RFID') })).rejects.toMatchObject(refused);
    const odd = transactionEvent('Started', 'tx', 0, { tag: 'A', triggerReason: 'Odd' });
    await expect(two.call('TransactionEvent', odd)).rejects.toMatchObject(refused);
  });
}
