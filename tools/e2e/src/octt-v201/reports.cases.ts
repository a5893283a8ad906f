import { expect, it } from '@jest/globals';
import type { Stack } from '../stack.ts';
import { charging, type Octt, type Payload, time } from './octt.ts';
import { answered, attribute, mirrored, setVariable, setVariables } from './variables.ts';

type Asked = readonly [component: string, variable: string];

/** Block B: variables read and set, and reports in parts. */
export function reports(stack: () => Stack): void {
  const { booted } = charging(stack);

  /** GetVariables of these, each answered with its value; null: the station does not know it. */
  async function getVariables(octt: Octt, values: readonly (readonly [...Asked, string | null])[]): Promise<void> {
    const asked = values.map(([component, variable]) => attribute(component, variable));
    const { sent, heard } = await octt.command('get-variables', { variables: asked }, 'GetVariables', {
      getVariableResult: values.map(([component, variable, attributeValue]) => ({
        ...attribute(component, variable),
        ...(attributeValue === null
          ? { attributeStatus: 'UnknownVariable' }
          : { attributeStatus: 'Accepted', attributeType: 'Actual', attributeValue }),
      })),
    });
    expect(sent).toEqual({ getVariableData: asked });
    expect(heard['variables']).toEqual(
      values.map(([component, variable, value]) =>
        expect.objectContaining({
          ...answered(component, variable),
          status: value === null ? 'UnknownVariable' : 'Accepted',
          attribute_value: value,
        }),
      ),
    );
    for (const [component, variable, value] of values)
      expect((await mirrored(octt, component, variable))?.['value']).toBe(value ?? undefined);
  }

  it('TC_B_06 Get Variables - single value', async () =>
    getVariables(await booted('OCTT2-B_06'), [['OCPPCommCtrlr', 'OfflineThreshold', '120']]));

  it('TC_B_07 Get Variables - multiple values', async () =>
    getVariables(await booted('OCTT2-B_07'), [
      ['OCPPCommCtrlr', 'OfflineThreshold', '120'],
      ['AuthCtrlr', 'AuthorizeRemoteStart', 'true'],
      ['AuthCtrlr', 'NoSuchVariable', null],
    ]));

  it('TC_B_08 Get Variables - limit to maximum number of values', async () => {
    const octt = await booted('OCTT2-B_08');
    const limit = {
      component: { name: 'DeviceDataCtrlr' },
      variable: { name: 'ItemsPerMessage', instance: 'GetVariables' },
      variableAttribute: [{ type: 'Actual', value: '2', mutability: 'ReadOnly' }],
    };
    await baseReport(octt, 'ConfigurationInventory', [[limit]]);
    const asked = ['HeartbeatInterval', 'OfflineThreshold', 'RetryBackOffRepeatTimes'].map((variable) =>
      attribute('OCPPCommCtrlr', variable),
    );
    // More than the station takes in one message never reaches it.
    const refused = await octt.operator('POST', '/commands/get-variables', { variables: asked });
    const fault = { pointer: '/variables', message: expect.stringContaining('at most 2') };
    expect(refused).toMatchObject({ status: 422, body: { errors: [fault] } });
    expect(octt.unread).toEqual([]);
    await getVariables(octt, [
      ['OCPPCommCtrlr', 'HeartbeatInterval', '300'],
      ['OCPPCommCtrlr', 'OfflineThreshold', '120'],
    ]);
  });

  it('TC_B_09 Set Variables - single value', async () => {
    const octt = await booted('OCTT2-B_09');
    await setVariable(octt, ['OCPPCommCtrlr', 'OfflineThreshold', '123'], 'Accepted');
    expect(await mirrored(octt, 'OCPPCommCtrlr', 'OfflineThreshold')).toMatchObject({
      attribute_type: 'Actual',
      value: '123',
      reboot_required: false,
    });
  });

  it('TC_B_10 Set Variables - multiple values', async () => {
    const octt = await booted('OCTT2-B_10');
    await setVariables(octt, [
      [['OCPPCommCtrlr', 'OfflineThreshold', '123'], 'Accepted'],
      [['AuthCtrlr', 'AuthorizeRemoteStart', 'false'], 'RebootRequired'],
      [['AuthCtrlr', 'OfflineTxForUnknownIdEnabled', 'maybe'], 'Rejected'],
    ]);
    expect(await mirrored(octt, 'OCPPCommCtrlr', 'OfflineThreshold')).toMatchObject({ value: '123' });
    expect(await mirrored(octt, 'AuthCtrlr', 'AuthorizeRemoteStart')).toMatchObject({
      value: 'false',
      reboot_required: true,
    });
    expect(await mirrored(octt, 'AuthCtrlr', 'OfflineTxForUnknownIdEnabled')).toBeUndefined();
  });

  const datum = (component: string, variable: string, value: string, mutability = 'ReadWrite'): Payload => ({
    ...attribute(component, variable),
    variableAttribute: [{ type: 'Actual', value, mutability, persistent: true, constant: false }],
    variableCharacteristics: { dataType: 'string', supportsMonitoring: false },
  });

  /** The station has taken the request: it tells `parts`, the last first, and the operator reads them in their order. */
  async function reported(octt: Octt, requestId: unknown, parts: readonly object[][]): Promise<void> {
    for (const seqNo of [...parts.keys()].reverse()) {
      expect(await octt.read(`/reports/${requestId}`)).toMatchObject({ state: 'collecting' });
      const [tbc, reportData] = [seqNo < parts.length - 1, parts[seqNo]];
      expect(await octt.call('NotifyReport', { requestId, generatedAt: time(), seqNo, tbc, reportData })).toEqual({});
    }
    const report = await octt.read(`/reports/${requestId}`);
    expect(report).toMatchObject({ ocpp_request_id: requestId, state: 'complete', missing_seq_nos: [] });
    expect(report['items']).toEqual(parts.flat());
  }

  /** GetBaseReport of this kind, sent in parts. */
  async function baseReport(octt: Octt, reportBase: string, parts: readonly object[][]): Promise<void> {
    const body = { report_base: reportBase };
    const { sent, heard } = await octt.command('get-base-report', body, 'GetBaseReport', { status: 'Accepted' });
    expect(sent).toEqual({ requestId: expect.any(Number), reportBase });
    expect(heard).toMatchObject({ status: 'Accepted', ocpp_request_id: sent['requestId'] });
    await reported(octt, sent['requestId'], parts);
  }

  const inventory = [
    [
      datum('OCPPCommCtrlr', 'OfflineThreshold', '120'),
      datum('OCPPCommCtrlr', 'NetworkConfigurationPriority', '0,1'),
      datum('AuthCtrlr', 'AuthorizeRemoteStart', 'true'),
    ],
    [datum('ChargingStation', 'Model', 'O2', 'ReadOnly')],
    [datum('ClockCtrlr', 'TimeSource', 'NTP')],
  ];

  it.each([
    ['TC_B_12 Get Base Report - ConfigurationInventory', 'OCTT2-B_12', 'ConfigurationInventory'],
    ['TC_B_13 Get Base Report - FullInventory', 'OCTT2-B_13', 'FullInventory'],
  ])('%s', async (_, cpId, reportBase) => {
    const octt = await booted(cpId);
    await baseReport(octt, reportBase, inventory);
    // Besides what NotifyEvent has reported of the connector.
    const reported = (await octt.list('/variables')).filter(({ component }) => component !== 'Connector');
    expect(reported).toHaveLength(inventory.flat().length);
    expect(await mirrored(octt, 'OCPPCommCtrlr', 'NetworkConfigurationPriority')).toMatchObject({
      value: '0,1',
      mutability: 'ReadWrite',
    });
    expect(await mirrored(octt, 'ChargingStation', 'Model')).toMatchObject({ value: 'O2', mutability: 'ReadOnly' });
  });

  it('TC_B_14 Get Base Report - SummaryInventory', async () => {
    const octt = await booted('OCTT2-B_14');
    await baseReport(octt, 'SummaryInventory', [
      [datum('ChargingStation', 'AvailabilityState', 'Available', 'ReadOnly')],
    ]);
    expect(await mirrored(octt, 'ChargingStation', 'AvailabilityState')).toMatchObject({ value: 'Available' });
  });

  it('TC_B_18 Get Custom Report - with componentCriteria and component/variables', async () => {
    const octt = await booted('OCTT2-B_18');
    const timeSource = attribute('ClockCtrlr', 'TimeSource');
    const asked = await octt.command(
      'get-report',
      { component_criteria: ['Active', 'Problem'], component_variables: [timeSource] },
      'GetReport',
      { status: 'Accepted' },
    );
    const { requestId } = asked.sent;
    expect(asked.sent).toEqual({
      requestId: expect.any(Number),
      componentCriteria: ['Active', 'Problem'],
      componentVariable: [timeSource],
    });
    expect(asked.heard).toMatchObject({ status: 'Accepted', ocpp_request_id: requestId });
    await reported(octt, requestId, [[datum('ClockCtrlr', 'TimeSource', 'NTP')]]);
    expect(await mirrored(octt, 'ClockCtrlr', 'TimeSource')).toMatchObject({ value: 'NTP' });

    const empty = { status: 'EmptyResultSet' };
    const nothing = await octt.command('get-report', { component_criteria: ['Problem'] }, 'GetReport', empty);
    expect(nothing.sent).toEqual({ requestId: expect.any(Number), componentCriteria: ['Problem'] });
    expect(nothing.heard).toMatchObject(empty);
    expect(await octt.read(`/reports/${nothing.heard['ocpp_request_id']}`)).toMatchObject({
      state: 'complete',
      items: [],
    });
  });
}
