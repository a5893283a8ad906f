import type { CommandOf } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import { readMonitors, setVariableMonitoring } from './set-variable-monitoring.ts';

type Monitor = CommandOf<'SetVariableMonitoring'>['monitors'][number];
const power = { component: { name: 'EVSE', evse: { id: 1 } }, variable: { name: 'Power' } };
const upper: Monitor = { ...power, type: 'UpperThreshold', value: 3e9, severity: 5 };
const delta: Monitor = { ...power, id: 7, transaction: true, type: 'Delta', value: 0.5, severity: 8 };
const set = (...monitors: Monitor[]) => setVariableMonitoring.toCall({ kind: 'SetVariableMonitoring', monitors });
const request = { setMonitoringData: [upper, delta] };

describe('SetVariableMonitoring', () => {
  it.each([[[upper]], [[upper, delta]]])('sends %j (TC_N_08, TC_N_09)', (monitors) => {
    expect(set(...monitors)).toEqual({
      ok: true,
      action: 'SetVariableMonitoring',
      payload: { setMonitoringData: monitors },
    });
  });

  it.each<[string, Monitor[], string]>([
    ['nothing', [], '/setMonitoringData'],
    ['a severity beyond 9', [upper, { ...delta, severity: 10 }], '/setMonitoringData/1/severity'],
    ['a severity below 0', [{ ...upper, severity: -1 }], '/setMonitoringData/0/severity'],
    ['no time between two events', [{ ...upper, type: 'Periodic', value: 0 }], '/setMonitoringData/0/value'],
    ['an id beyond 32 bits', [{ ...upper, id: 2 ** 31 }], '/setMonitoringData/0/id'],
  ])('refuses %s', (_, monitors, path) => {
    expect(set(...monitors)).toMatchObject({ kind: 'invalidPayload', errors: [{ path }] });
  });

  const result = { ...power, type: 'UpperThreshold', severity: 5 } as const;
  it('mirrors the monitors that the station took, under the ids that it gave, in any order', () => {
    const setMonitoringResult = [
      { ...power, id: 7, status: 'Accepted' as const, type: 'Delta' as const, severity: 8 },
      { ...result, id: 12, status: 'Accepted' as const },
    ];
    expect(setVariableMonitoring.mirror.answered(request, { setMonitoringResult })).toEqual([
      {
        kind: 'monitorsReported',
        monitors: [
          { ...power, id: 7, type: 'Delta', value: 0.5, severity: 8, transaction: true },
          { ...power, id: 12, type: 'UpperThreshold', value: 3e9, severity: 5, transaction: false },
        ],
      },
    ]);
  });

  it.each([
    ['is refused', { ...result, id: 12, status: 'Rejected' as const }],
    ['is there already', { ...result, id: 12, status: 'Duplicate' as const }],
    ['has no id', { ...result, status: 'Accepted' as const }],
    ['was not asked for', { ...result, id: 12, severity: 4, status: 'Accepted' as const }],
  ])('mirrors no monitor that %s', (_, each) => {
    expect(setVariableMonitoring.mirror.answered(request, { setMonitoringResult: [each] })).toEqual([]);
  });

  it('reads each result', () => {
    const setMonitoringResult = [
      { ...result, id: 12, status: 'Accepted' as const },
      { ...result, status: 'UnknownVariable' as const },
    ];
    expect(readMonitors({ setMonitoringResult })).toEqual({ monitors: setMonitoringResult });
  });
});
