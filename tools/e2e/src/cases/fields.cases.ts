import { expect, it } from '@jest/globals';
import { until } from '../until.ts';
import { at, type Payload } from './station.ts';
import type { World } from './world.ts';

/** F5 to F13: what is odd about a field, for CALLs and for answers. */
export function fields(world: () => World): void {
  /** The last webhook of this type of the charge point. */
  const hooked = (cpId: string, type: string): Payload | undefined => {
    const last = world().stack.backend.webhooks({ cp_id: cpId, type }).at(-1);
    return (last?.body as { data: { payload: Payload } } | undefined)?.data.payload;
  };

  const rows = async (table: string, cpId: string): Promise<Payload[]> => {
    const query = `SELECT * FROM ${table} WHERE cp_id = {cpId:String} ORDER BY recorded_at`;
    const result = await world().stack.clickhouse.query({ query, query_params: { cpId }, format: 'JSONEachRow' });
    return result.json<Payload>();
  };

  it.concurrent.each<[string, string, Payload, Payload]>([
    [
      'connectorId as text, no errorCode',
      'CASE-F5',
      { connectorId: '1', status: 'Faulted' },
      { error_code: 'NoError' },
    ],
    ['no errorCode', 'CASE-F5-CODE', { connectorId: 1, status: 'Faulted' }, { error_code: 'NoError' }],
    [
      'errorCode null',
      'CASE-F5-NULL',
      { connectorId: 1, errorCode: null, status: 'Faulted' },
      { error_code: 'NoError' },
    ],
    [
      'a number for info',
      'CASE-F5-INFO',
      { connectorId: 1, errorCode: 'NoError', status: 'Faulted', info: 17 },
      { info: '17' },
    ],
    [
      'info far too long',
      'CASE-F5-LONG',
      { connectorId: 1, errorCode: 'NoError', status: 'Faulted', info: 'x'.repeat(200) },
      { info: 'x'.repeat(50) },
    ],
    [
      'an errorCode nobody knows',
      'CASE-F5-WORD',
      { connectorId: 1, errorCode: 'TooSunny', status: 'Faulted' },
      { error_code: 'OtherError' },
    ],
  ])('F5 a StatusNotification with %s is taken', async (_, cpId, payload, outcome) => {
    const station = await world().sixteen(cpId);
    expect(await station.call('StatusNotification', payload)).toEqual({});
    const reported = { evse_id: 1, status: 'Faulted', ...outcome };
    expect((await station.read())['connectors']).toEqual([expect.objectContaining(reported)]);
    await until('the webhook', async () => expect(hooked(cpId, 'cp.status')).toMatchObject(reported));
    await until('ClickHouse', async () => expect(await rows('connector_status', cpId)).toMatchObject([reported]));
  });

  it.concurrent('F5 strict goes on refusing it', async () => {
    await world().strict('CASE-F5-STRICT');
    const station = await world().sixteen('CASE-F5-STRICT');
    for (const payload of [
      { connectorId: '1', errorCode: 'NoError', status: 'Available' },
      { connectorId: 1, status: 'Available' },
    ])
      await expect(station.call('StatusNotification', payload)).rejects.toMatchObject({
        code: expect.stringMatching(/Violation$/),
      });
  });

  it.concurrent.each<[string, string, string, Payload]>([
    ['iccid as a number of 19 digits', 'CASE-F6', '"iccid":8931080019073497795', { iccid: '8931080019073497795' }],
    ['imsi as a number', 'CASE-F6-IMSI', '"imsi":262011234567890', { imsi: '262011234567890' }],
    [
      'a serial number as a number',
      'CASE-F6-SERIAL',
      '"chargePointSerialNumber":90071992547409939',
      { serial_number: '90071992547409939' },
    ],
    ['a firmware version as a number', 'CASE-F6-FIRMWARE', '"firmwareVersion":1.20', { firmware_version: '1.20' }],
  ])('F6 a BootNotification with %s is taken as text, all digits kept', async (_, cpId, field, outcome) => {
    const station = await world().sixteen(cpId);
    station.charger.sendRaw(`[2,"b","BootNotification",{"chargePointVendor":"V","chargePointModel":"M",${field}}]`);
    expect(await station.charger.next()).toEqual([3, 'b', expect.objectContaining({ status: 'Accepted' })]);
    expect(await station.read()).toMatchObject({ model: 'M', ...outcome });
    await until('the webhook', async () => expect(hooked(cpId, 'cp.boot')).toMatchObject({ model: 'M', ...outcome }));
  });

  it.concurrent('F6 (relative) 2.0.1: a modem whose numbers are numbers', async () => {
    const station = await world().two('CASE-F6-201');
    station.charger.sendRaw(
      '[2,"b","BootNotification",{"reason":"PowerUp","chargingStation":{"vendorName":"V","model":7,' +
        '"modem":{"iccid":8931080019073497795,"imsi":262011234567890}}}]',
    );
    expect(await station.charger.next()).toEqual([3, 'b', expect.objectContaining({ status: 'Accepted' })]);
    expect(await station.read()).toMatchObject({ model: '7', iccid: '8931080019073497795', imsi: '262011234567890' });
  });

  it.concurrent.each(['sixteen', 'two'] as const)(
    'F7 a security event with 400 characters is cut (%s)',
    async (version) => {
      const cpId = `CASE-F7-${version}`;
      const station = await world()[version](cpId);
      const event = { type: 'TamperDetectionActivated', timestamp: at(0), techInfo: 'x'.repeat(400) };
      expect(await station.call('SecurityEventNotification', event)).toEqual({});
      await until('the event', async () =>
        expect(await station.list('/security-events')).toEqual([
          expect.objectContaining({ tech_info: 'x'.repeat(255) }),
        ]),
      );
    },
  );

  it.concurrent.each<[string, 'sixteen' | 'two', string, Payload, string]>([
    ['F8 a FirmwareStatusNotification', 'sixteen', 'FirmwareStatusNotification', {}, 'firmware_status'],
    ['F8 (relative) a FirmwareStatusNotification of 2.0.1', 'two', 'FirmwareStatusNotification', {}, 'firmware_status'],
    ['F8 (relative) a DiagnosticsStatusNotification', 'sixteen', 'DiagnosticsStatusNotification', {}, 'log_status'],
    ['F8 (relative) a LogStatusNotification', 'two', 'LogStatusNotification', { requestId: 3 }, 'log_status'],
    [
      'F8 (relative) a SignedFirmwareStatusNotification',
      'sixteen',
      'SignedFirmwareStatusNotification',
      { requestId: 3 },
      'firmware_status',
    ],
  ])('%s with an unknown state (%s, %s) is kept as sent', async (_, version, action, more, table) => {
    const cpId = `CASE-F8-${version}-${action}`;
    const station = await world()[version](cpId);
    expect(await station.call(action, { status: 'RebootingSoon', ...more })).toEqual({});
    const topic = table === 'log_status' ? 'cp.log' : 'cp.firmware';
    await until('the webhook', async () => expect(hooked(cpId, topic)).toMatchObject({ status: 'RebootingSoon' }));
    await until('ClickHouse', async () => expect(await rows(table, cpId)).toMatchObject([{ status: 'RebootingSoon' }]));
  });

  it.concurrent.each<[string, string, unknown, unknown]>([
    ['readonly: 0', 'CASE-F9', { readonly: 0, value: '300' }, { readonly: false, value: '300' }],
    ['readonly as text', 'CASE-F9-TEXT', { readonly: 'true', value: '300' }, { readonly: true, value: '300' }],
    ['a value that is a number', 'CASE-F9-NUMBER', { readonly: false, value: 300 }, { value: '300' }],
    ['a value far too long', 'CASE-F9-LONG', { readonly: false, value: 'x'.repeat(600) }, { readonly: false }],
    ['value null and no readonly', 'CASE-F9-NULL', { value: null }, { value: null }],
  ])('F9 a GetConfiguration answer with %s in one key: all keys are mirrored', async (_, cpId, odd, outcome) => {
    const station = await world().sixteen(cpId);
    const configurationKey = [
      { key: 'HeartbeatInterval', ...(odd as Payload) },
      { key: 'NumberOfConnectors', readonly: true, value: '2' },
    ];
    station.answers('GetConfiguration', () => ({ configurationKey, unknownKey: [] }));
    expect(await station.operator('POST', '/commands/get-configuration', {})).toMatchObject({ status: 200 });
    const mirror = await station.list('/configuration');
    expect(mirror).toHaveLength(2);
    expect(mirror).toContainEqual(expect.objectContaining({ key: 'HeartbeatInterval', ...(outcome as Payload) }));
    expect(mirror).toContainEqual(expect.objectContaining({ key: 'NumberOfConnectors', value: '2' }));
  });

  it.concurrent.each<[string, string, Payload]>([
    ['customData without vendorId', 'CASE-F10', { status: 'Accepted', customData: {} }],
    ['an unknown field', 'CASE-F10-UNKNOWN', { status: 'Accepted', vendor: 1 }],
    ['the status in lower case', 'CASE-F10-LETTER', { status: 'accepted' }],
    ['a statusInfo without its reason', 'CASE-F10-INFO', { status: 'Accepted', statusInfo: {} }],
    ['a transactionId that is a number', 'CASE-F10-NUMBER', { status: 'Accepted', transactionId: 77 }],
  ])('F10 RequestStartTransaction answered with %s is Accepted', async (_, cpId, answer) => {
    const station = await world().two(cpId);
    station.answers('RequestStartTransaction', () => answer);
    const command = await station.operator('POST', '/commands/remote-start', { id_token: 'CARD1', evse_id: 1 });
    expect(command).toMatchObject({ status: 200, body: { status: 'Accepted' } });
  });

  it.concurrent('F10 (relative) an answer whose status is missing is no acceptance', async () => {
    const station = await world().two('CASE-F10-NONE');
    station.answers('RequestStartTransaction', () => ({}));
    const command = await station.operator('POST', '/commands/remote-start', { id_token: 'CARD1', evse_id: 1 });
    expect(command.status).toBe(502);
  });

  it.concurrent.each<[string, string, Payload, string[]]>([
    ['in the shape of 1.6', 'CASE-F11', { connectorId: 1, errorCode: 'NoError', status: 'Available' }, ['Available']],
    [
      'in the shape of 1.6 with a state of 1.6',
      'CASE-F11-STATE',
      { connectorId: 1, errorCode: 'NoError', status: 'Charging' },
      ['Charging', 'Occupied'],
    ],
    [
      'with a state of 1.6',
      'CASE-F11-CHARGING',
      { timestamp: at(0), evseId: 1, connectorId: 1, connectorStatus: 'Charging' },
      ['Charging', 'Occupied'],
    ],
    ['without a time', 'CASE-F11-TIME', { evseId: 1, connectorId: 1, connectorStatus: 'Occupied' }, ['Occupied']],
  ])('F11 2.0.1: a StatusNotification %s is read as what it is', async (_, cpId, payload, statuses) => {
    const station = await world().two(cpId);
    expect(await station.call('StatusNotification', payload)).toEqual({});
    expect(statuses).toContain(await station.connectorStatus(1));
    await until('the webhook', async () => expect(statuses).toContain(hooked(cpId, 'cp.status')?.['status']));
  });

  it.concurrent.each([21, 40, 300])(
    'F12 Authorize with a tag of %i characters is Invalid, never an error',
    async (length) => {
      const station = await world().sixteen(`CASE-F12-${length}`);
      const answer = await station.call('Authorize', { idTag: 'T'.repeat(length) });
      expect(answer).toEqual({ idTagInfo: { status: 'Invalid' } });
    },
  );

  it.concurrent('F12 (relative) 2.0.1: an over-long token is Invalid', async () => {
    const station = await world().two('CASE-F12-201');
    const idToken = { idToken: 'T'.repeat(60), type: 'ISO14443' };
    const answer = await station.call('Authorize', { idToken });
    expect(answer).toMatchObject({ idTokenInfo: { status: expect.stringMatching(/^(Invalid|Unknown)$/) } });
  });

  it.concurrent.each<[string, string, unknown]>([
    ['lists of values', 'CASE-F13', [{ timestamp: at(0), value: [{ value: '1501', unit: 'Wh' }] }]],
    ['one object each', 'CASE-F13-OBJECT', { timestamp: at(0), value: { value: 1501, unit: 'Wh' } }],
    ['a bare value', 'CASE-F13-BARE', [{ timestamp: at(0), value: '1501' }]],
  ])('F13 readings in the shape of OCPP 1.5, %s, are stored as samples', async (_, cpId, values) => {
    const station = await world().sixteen(cpId);
    expect(await station.call('MeterValues', { connectorId: 1, values })).toEqual({});
    const kept = { value: 1501, unit: 'Wh', sampled_at: at(0), measurand: 'Energy.Active.Import.Register' };
    await until('the sample', async () =>
      expect(await station.list('/meter-values')).toEqual([expect.objectContaining(kept)]),
    );
  });

  it.concurrent('F13 (relative) so are those in the transactionData of a stop', async () => {
    const cpId = 'CASE-F13-STOP';
    const station = await world().sixteen(cpId);
    const id = await station.start(1, 'CARD1', 1000);
    await station.stop(id, 5000, {
      transactionData: [{ values: [{ timestamp: at(30), value: [{ value: '1501' }] }] }],
    });
    await until('the sample', async () =>
      expect(await station.list('/meter-values')).toContainEqual(expect.objectContaining({ value: 1501 })),
    );
    await world().downstream.holds(cpId, [{ state: 'ended', energy_wh: 4000 }]);
  });

  it.concurrent('F13 (relative) readings that nobody can read are kept raw or refused, never lost', async () => {
    const station = await world().sixteen('CASE-F13-LOST');
    const answer = await station
      .call('MeterValues', { connectorId: 1, readings: [{ at: 'noon', kWh: 3 }] })
      .catch((refused: unknown) => refused);
    expect(answer).not.toEqual({});
  });
}
