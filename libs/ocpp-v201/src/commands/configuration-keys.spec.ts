import { describe, expect, it } from '@jest/globals';
import { attributeOf, isReadOnly } from './configuration-keys.ts';

describe('configuration keys', () => {
  it.each([
    ['HeartbeatInterval', 'OCPPCommCtrlr', 'HeartbeatInterval', undefined],
    ['heartbeatinterval', 'OCPPCommCtrlr', 'HeartbeatInterval', undefined],
    ['MeterValueSampleInterval', 'SampledDataCtrlr', 'TxUpdatedInterval', undefined],
    ['AuthorizationKey', 'SecurityCtrlr', 'BasicAuthPassword', undefined],
    ['TransactionMessageAttempts', 'OCPPCommCtrlr', 'MessageAttempts', 'TransactionEvent'],
    ['AlignedDataCtrlr.Interval', 'AlignedDataCtrlr', 'Interval', undefined],
    ['DeviceDataCtrlr.ItemsPerMessage.GetReport', 'DeviceDataCtrlr', 'ItemsPerMessage', 'GetReport'],
  ])('%s is %s %s %s', (key, component, variable, instance) => {
    expect(attributeOf(key)).toEqual({ component: { name: component }, variable: { name: variable, instance } });
  });

  it.each(['', 'Nonsense', '.', 'Component.', '.Variable', 'A.B.', 'A.B.C.D', 'toString'])(
    '%s is no variable that is known here',
    (key) => {
      expect(attributeOf(key)).toBeUndefined();
    },
  );

  it.each([
    ['ChargingScheduleMaxPeriods', true],
    ['smartchargingctrlr.periodsperschedule', true],
    ['HeartbeatInterval', false],
    ['AuthorizationKey', false],
    ['Vendor.Setting', false],
  ])('%s is read only: %s', (key, readOnly) => {
    const attribute = attributeOf(key);
    expect(attribute && isReadOnly(attribute)).toBe(readOnly);
  });
});
