import type { Command } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import { readAnswer, readStatus } from './table.ts';

const hash = { hashAlgorithm: 'SHA256', issuerNameHash: 'ab', issuerKeyHash: 'cd', serialNumber: '01' };
const heartbeat = { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } };
const schedule = {
  evseId: 1,
  duration: 300,
  scheduleStart: '2026-03-01T10:00:00Z',
  chargingRateUnit: 'A',
  chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }],
};

type Row = {
  kind: Command['kind'];
  fields?: object;
  payload: Record<string, unknown>;
  answer: object | undefined;
};

describe('readAnswer', () => {
  it.each<Row>([
    { kind: 'RemoteStart', payload: { status: 'Accepted' }, answer: {} },
    {
      kind: 'RemoteStart',
      payload: { status: 'Accepted', transactionId: 'b7f2c9' },
      answer: { transactionId: 'b7f2c9' },
    },
    {
      kind: 'GetConfiguration',
      fields: { keys: ['HeartbeatInterval', 'ResetRetries'] },
      payload: { getVariableResult: [{ ...heartbeat, attributeStatus: 'Accepted', attributeValue: '60' }] },
      answer: {
        configuration: [{ key: 'HeartbeatInterval', readonly: false, value: '60' }],
        unknownKeys: ['ResetRetries'],
      },
    },
    { kind: 'DataTransfer', payload: { status: 'Accepted', data: { a: 1 } }, answer: { data: '{"a":1}' } },
    { kind: 'GetLocalListVersion', payload: { versionNumber: 4 }, answer: { version: 4 } },
    {
      kind: 'GetCompositeSchedule',
      payload: { status: 'Accepted', schedule },
      answer: {
        evseId: 1,
        scheduleStart: schedule.scheduleStart,
        schedule: { duration: 300, chargingRateUnit: 'A', periods: schedule.chargingSchedulePeriod },
      },
    },
    { kind: 'GetDiagnostics', payload: { status: 'Accepted', filename: 'log.zip' }, answer: { fileName: 'log.zip' } },
    { kind: 'GetLog', payload: { status: 'Accepted', filename: '' }, answer: {} },
    {
      kind: 'GetInstalledCertificateIds',
      payload: {
        status: 'Accepted',
        certificateHashDataChain: [{ certificateType: 'CSMSRootCertificate', certificateHashData: hash }],
      },
      answer: { certificates: [{ ...hash, certificateType: 'CentralSystemRootCertificate' }] },
    },
    {
      kind: 'GetVariables',
      payload: { getVariableResult: [{ ...heartbeat, attributeStatus: 'Accepted', attributeValue: '60' }] },
      answer: { variables: [{ ...heartbeat, status: 'Accepted', attributeValue: '60' }] },
    },
    {
      kind: 'SetVariables',
      payload: { setVariableResult: [{ ...heartbeat, attributeStatus: 'Rejected' }] },
      answer: { variables: [{ ...heartbeat, status: 'Rejected' }] },
    },
    {
      kind: 'GetTransactionStatus',
      payload: { ongoingIndicator: false, messagesInQueue: true },
      answer: { ongoing: false, messagesInQueue: true },
    },
    {
      kind: 'SetVariableMonitoring',
      payload: { setMonitoringResult: [{ ...heartbeat, id: 1, status: 'Accepted', type: 'Delta', severity: 5 }] },
      answer: { monitors: [{ ...heartbeat, id: 1, status: 'Accepted', type: 'Delta', severity: 5 }] },
    },
    {
      kind: 'ClearVariableMonitoring',
      payload: { clearMonitoringResult: [{ id: 1, status: 'NotFound' }] },
      answer: { monitors: [{ id: 1, status: 'NotFound' }] },
    },
    { kind: 'Reset', payload: { status: 'Accepted' }, answer: undefined },
    { kind: 'Call', payload: { status: 'Accepted', data: 'text' }, answer: undefined },
  ])('of $kind reads $payload', ({ kind, fields, payload, answer }) => {
    // What else the command says does not matter here.
    expect(readAnswer({ kind, ...fields } as Command, payload)).toEqual(answer);
  });
});

describe('readStatus', () => {
  const variables = (...statuses: string[]) => statuses.map((attributeStatus) => ({ ...heartbeat, attributeStatus }));
  const monitors = (...statuses: string[]) => statuses.map((status, id) => ({ id, status }));
  const setVariableResult = variables('UnknownVariable');
  it.each<[Command['kind'], Record<string, unknown>, string | undefined]>([
    ['Reset', { status: 'Scheduled' }, 'Scheduled'],
    ['GetLocalListVersion', { versionNumber: 4 }, undefined],
    ['ChangeConfiguration', { setVariableResult }, 'NotSupported'],
  ])('of %s answered %j is %s', (kind, payload, status) => {
    expect(readStatus({ kind } as Command, payload)).toBe(status);
  });

  it.each<[object, Record<string, unknown>, string | undefined]>([
    [{ kind: 'SetVariables', variables: [1] }, { setVariableResult: variables('Rejected') }, 'Rejected'],
    [{ kind: 'SetVariables', variables: [1, 2] }, { setVariableResult: variables('Accepted', 'Rejected') }, 'Partial'],
    [{ kind: 'SetVariables', variables: [1, 2] }, { setVariableResult: variables('Accepted') }, 'Partial'],
    [{ kind: 'SetVariables', variables: [1] }, { setVariableResult: variables('RebootRequired') }, 'RebootRequired'],
    [
      { kind: 'GetVariables', variables: [1] },
      { getVariableResult: variables('UnknownComponent') },
      'UnknownComponent',
    ],
    [
      { kind: 'GetVariables', variables: [1, 2] },
      { getVariableResult: variables('UnknownComponent', 'Accepted') },
      'Partial',
    ],
    [{ kind: 'SetVariableMonitoring', monitors: [1] }, { setMonitoringResult: monitors('Duplicate') }, 'Duplicate'],
    [
      { kind: 'SetVariableMonitoring', monitors: [1, 2] },
      { setMonitoringResult: monitors('Rejected', 'UnsupportedMonitorType') },
      'Rejected',
    ],
    [{ kind: 'ClearVariableMonitoring', ids: [1] }, { clearMonitoringResult: monitors('NotFound') }, 'NotFound'],
    [
      { kind: 'ClearVariableMonitoring', ids: [1, 2] },
      { clearMonitoringResult: monitors('Accepted', 'NotFound') },
      'Partial',
    ],
    // Its answer lists the keys that the station does not have.
    [{ kind: 'GetConfiguration', keys: ['X'] }, { getVariableResult: variables('UnknownVariable') }, undefined],
    [{ kind: 'Call', action: 'SetVariables' }, { setVariableResult: variables('Accepted', 'Rejected') }, 'Partial'],
  ])('F25 of %j answered %j is %s', (command, payload, status) => {
    expect(readStatus(command as Command, payload)).toBe(status);
  });
});
