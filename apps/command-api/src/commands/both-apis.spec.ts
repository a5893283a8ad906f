import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ALL_COMMANDS, COMMANDS, type TypedKind } from '@ocpp-gw/contracts';
import { makeCa } from '@ocpp-gw/testing';
import { startApi, type RunningApi } from '../testdata/api.ts';
import type { CommandSample } from '../testdata/command-sample.ts';
import { commandSamples } from '../testdata/command-samples.ts';
import { fakes } from '../testdata/fakes.ts';
import { ProtoClient } from '../testdata/proto-client.ts';

const { bus, overrides } = fakes();
const KINDS = Object.keys(COMMANDS) as TypedKind[];
let api: RunningApi;
let client: ProtoClient;
let samples: Record<TypedKind, CommandSample>;

beforeAll(async () => {
  samples = commandSamples((await makeCa({ cn: 'root' })).cert);
  api = await startApi({}, overrides);
  client = new ProtoClient(api.grpc);
});
afterAll(async () => {
  client.close();
  await api.stop();
});
beforeEach(() => {
  bus.send.mockReset();
  bus.send.mockImplementation(async (_cpId, { kind }) => ({
    recorded: true,
    outcome: { kind: 'result', action: kind, payload: {}, status: 'Accepted', answer: samples[kind as TypedKind].said },
  }));
});

const post = (kind: TypedKind, json?: object) =>
  api.request('POST', `/api/v1/charge-points/CP-1/commands/${COMMANDS[kind].slug}`, { json });

function says(kind: TypedKind, status?: string): void {
  const payload = { statusInfo: { reasonCode: 'Why', additionalInfo: 'because' } };
  const outcome = { kind: 'result', action: `${kind}Call`, payload, status, answer: samples[kind].said } as const;
  bus.send.mockResolvedValueOnce({ recorded: true, outcome });
}

describe('each command', () => {
  it('of the bus has a route and an rpc, and its sample uses every field of its request', () => {
    expect(ALL_COMMANDS.length).toBeGreaterThan(40);
    for (const { kind, slug, request } of ALL_COMMANDS) {
      expect(slug).toBe(kind.replace(/\B[A-Z]/g, '-$&').toLowerCase());
      expect([kind, ...Object.keys(samples[kind].body)].sort()).toEqual([kind, ...Object.keys(request.shape)].sort());
    }
  });

  it.each(KINDS)('%s: the REST body and the gRPC message become the same command', async (kind) => {
    const { body, message, command } = samples[kind];
    const before = Date.now();
    expect(await post(kind, { ...body, timeout_s: 5 })).toMatchObject({ status: 200 });
    await client.call(kind, { cp_id: 'CP-1', timeout_seconds: 5, ...body, ...message });
    const sent = bus.send.mock.calls.map(([, each]) => each);
    expect(sent).toEqual([
      { kind, ...command },
      { kind, ...command },
    ]);
    for (const [, , { deadline }] of bus.send.mock.calls) {
      expect(deadline - Date.now()).toBeLessThanOrEqual(5000);
      expect(deadline - before).toBeGreaterThan(4000);
    }
  });

  it.each(KINDS)('%s: the answer of the charger reads the same in REST and gRPC', async (kind) => {
    const { body, message, answer, reply } = samples[kind];
    const common = {
      command_id: expect.stringMatching(/^[\da-f-]{36}$/),
      action: `${kind}Call`,
      status: 'Perhaps',
      status_info: { reason_code: 'Why', additional_info: 'because' },
    };
    says(kind, 'Perhaps');
    expect((await post(kind, body)).body).toEqual({ request_id: expect.any(String), ...common, ...answer });
    says(kind, 'Perhaps');
    expect(await client.call(kind, { cp_id: 'CP-1', ...body, ...message })).toMatchObject({
      request_id: expect.any(String),
      ...common,
      ...answer,
      ...reply,
    });
  });

  it.each(KINDS)('%s: no status in the answer of the charger reads as Accepted', async (kind) => {
    says(kind);
    expect(await post(kind, samples[kind].body)).toMatchObject({ status: 200, body: { status: 'Accepted' } });
  });

  it.each(KINDS)('%s: an unknown field is refused', async (kind) => {
    const answer = await post(kind, { ...samples[kind].body, surprise: 1 });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/surprise' }] } });
    expect(answer.body.errors[0].message).toMatch(/known are .*timeout_s/);
    expect(bus.send).not.toHaveBeenCalled();
  });
});

describe('a command that needs no field', () => {
  const bodiless = KINDS.filter((kind) => COMMANDS[kind].request.safeParse({}).success);

  it('is one of these', () => {
    expect(bodiless).toEqual([
      'GetConfiguration',
      'ClearCache',
      'GetLocalListVersion',
      'ClearChargingProfile',
      'GetInstalledCertificateIds',
      'GetReport',
      'GetTransactionStatus',
      'GetChargingProfiles',
      'GetMonitoringReport',
      'GetDisplayMessages',
    ]);
  });

  it.each(bodiless)('%s: needs no body', async (kind) => {
    for (const body of [undefined, {}]) {
      says(kind);
      expect(await post(kind, body)).toMatchObject({ status: 200 });
    }
    says(kind);
    await client.call(kind, { cp_id: 'CP-1' });
    const made = COMMANDS[kind].made === undefined ? {} : { ocppRequestId: expect.any(Number) };
    const command = { kind, ...made };
    expect(bus.send.mock.calls.map(([, each]) => each)).toEqual([command, command, command]);
  });
});

describe('an id that the gateway makes', () => {
  it('is that of these', () => {
    const made = ALL_COMMANDS.flatMap(({ kind, made: field }) => (field === undefined ? [] : [[kind, field]]));
    expect(made).toEqual([
      ['RemoteStart', 'remote_start_id'],
      ['ReserveNow', 'reservation_id'],
      ...[
        'GetDiagnostics',
        'GetLog',
        'UpdateFirmware',
        'SignedUpdateFirmware',
        'GetBaseReport',
        'GetReport',
        'GetChargingProfiles',
        'PublishFirmware',
        'CustomerInformation',
        'GetMonitoringReport',
        'GetDisplayMessages',
      ].map((kind) => [kind, 'ocpp_request_id']),
    ]);
  });

  it.each([
    ['RemoteStart', 'remote_start_id', 'remoteStartId'],
    ['ReserveNow', 'reservation_id', 'reservationId'],
    ['GetLog', 'ocpp_request_id', 'ocppRequestId'],
    ['GetBaseReport', 'ocpp_request_id', 'ocppRequestId'],
  ] as const)('for %s is a positive int32, sent and answered', async (kind, field, name) => {
    const { [field]: _, ...body } = samples[kind].body;
    const { body: answer } = await post(kind, body);
    const id: number = answer[field];
    expect(Number.isInteger(id) && id > 0 && id < 2 ** 31).toBe(true);
    expect(bus.send.mock.calls[0]?.[1]).toMatchObject({ [name]: id });
    const reply = await client.call(kind, { cp_id: 'CP-1', ...body, ...samples[kind].message });
    expect(bus.send.mock.calls[1]?.[1]).toMatchObject({ [name]: reply[field] });
    expect(reply[field]).not.toBe(id);
  });
});

describe('a limit of the official schemas', () => {
  it.each<[TypedKind, object, string]>([
    ['RemoteStart', { id_token: 'x'.repeat(37) }, '/id_token'],
    ['RemoteStart', { evse_id: 2 ** 31 }, '/evse_id'],
    ['ChangeConfiguration', { key: 'x'.repeat(102) }, '/key'],
    ['ChangeConfiguration', { value: 'x'.repeat(1001) }, '/value'],
    ['GetConfiguration', { keys: ['x'.repeat(102)] }, '/keys/0'],
    ['DataTransfer', { vendor_id: 'x'.repeat(256) }, '/vendor_id'],
    ['DataTransfer', { message_id: 'x'.repeat(51) }, '/message_id'],
    ['ReserveNow', { expires_at: '2026-01-31T12:00:00' }, '/expires_at'],
    ['SendLocalList', { version: 0 }, '/version'],
    [
      'SetChargingProfile',
      { charging_profile: { ...profileWith(16.05) } },
      '/charging_profile/schedule/periods/0/limit',
    ],
    ['GetDiagnostics', { location: 'file:///etc/passwd' }, '/location'],
    ['UpdateFirmware', { location: 'firmware.bin' }, '/location'],
    ['GetLog', { location: `https://host/${'x'.repeat(512)}` }, '/location'],
    ['SignedUpdateFirmware', { signature: 'not base64!' }, '/signature'],
    ['SignedUpdateFirmware', { signing_certificate: 'x'.repeat(5501) }, '/signing_certificate'],
    ['InstallCertificate', { certificate: 'x'.repeat(5501) }, '/certificate'],
    ['CertificateSigned', { certificate_chain: 'x'.repeat(10_001) }, '/certificate_chain'],
    ['DeleteCertificate', { serial_number: 'f'.repeat(41) }, '/serial_number'],
    ['DeleteCertificate', { issuer_name_hash: 'xyz' }, '/issuer_name_hash'],
    ['GetInstalledCertificateIds', { certificate_types: ['CSMSRootCertificate'] }, '/certificate_types/0'],
    ['InstallCertificate', { certificate_type: 'V2GCertificateChain' }, '/certificate_type'],
    ['ReserveNow', { connector_type: 'Schuko' }, '/connector_type'],
    [
      'SetChargingProfile',
      { charging_profile: { ...profileWith(16), purpose: 'ChargingStationExternalConstraints' } },
      '/charging_profile/purpose',
    ],
    ['GetVariables', { variables: [] }, '/variables'],
    ['GetVariables', { variables: [{ component: {}, variable: { name: 'X' } }] }, '/variables/0/component/name'],
    ['SetVariables', { variables: [setting('x'.repeat(1001))] }, '/variables/0/attribute_value'],
    ['GetReport', { component_criteria: ['Broken'] }, '/component_criteria/0'],
    ['CostUpdated', { total_cost: '3.31' }, '/total_cost'],
    ['PublishFirmware', { checksum: 'abc' }, '/checksum'],
    ['UnpublishFirmware', { checksum: 'g'.repeat(32) }, '/checksum'],
    ['CustomerInformation', { customer_identifier: 'x'.repeat(65) }, '/customer_identifier'],
    ['SetMonitoringLevel', { severity: 10 }, '/severity'],
    ['ClearVariableMonitoring', { ids: [2 ** 31] }, '/ids/0'],
  ])('of %s refuses %j', async (kind, wrong, pointer) => {
    const answer = await post(kind, { ...samples[kind].body, ...wrong });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
    expect(bus.send).not.toHaveBeenCalled();
  });

  it('takes every tenth of an ampere', async () => {
    for (let tenths = 0; tenths <= 1000; tenths += 1)
      expect([tenths, COMMANDS.SetChargingProfile.request.safeParse(setWith(tenths / 10)).success]).toEqual([
        tenths,
        true,
      ]);
  });
});

function profileWith(limit: number): object {
  return {
    charging_profile_id: 1,
    stack_level: 0,
    purpose: 'TxDefaultProfile',
    kind: 'Relative',
    schedule: { charging_rate_unit: 'A', periods: [{ start_period: 0, limit }] },
  };
}

function setting(value: string): object {
  return { component: { name: 'C' }, variable: { name: 'V' }, attribute_value: value };
}

function setWith(limit: number): object {
  return { evse_id: 1, charging_profile: profileWith(limit) };
}
