import { describe, expect, it } from '@jest/globals';
import type { EventDataType } from '#generated/messages.d.ts';
import { notifyEvent } from './notify-event.ts';

const now = new Date('2026-03-01T10:00:05Z');
const facts = { cpId: 'CS-1', now };
const timestamp = '2026-03-01T11:00:00+01:00';

const event: EventDataType = {
  eventId: 0,
  timestamp,
  trigger: 'Alerting',
  actualValue: 'true',
  eventNotificationType: 'HardWiredMonitor',
  component: { name: 'ConnectorPlugRetentionLock', evse: { id: 1, connectorId: 1 } },
  variable: { name: 'Problem' },
};
const of = (eventData: EventDataType[]) => ({ generatedAt: '2026-03-01T10:00:01Z', seqNo: 0, eventData });

describe('NotifyEvent', () => {
  it('tells each event at the time it happened, with all it says (N07)', () => {
    const more: EventDataType = {
      ...event,
      eventId: 2,
      cause: 0,
      cleared: false,
      techCode: 'E17',
      techInfo: 'lock is open',
      transactionId: 'T-1',
      variableMonitoringId: 4,
    };
    expect(notifyEvent.lookups(of([event, more]), facts)).toEqual({});
    const lockFailure = {
      eventId: 0,
      time: { at: new Date('2026-03-01T10:00:00Z') },
      trigger: 'Alerting',
      notificationType: 'HardWiredMonitor',
      component: event.component,
      variable: event.variable,
      actualValue: 'true',
    };
    expect(notifyEvent.decide(of([event, more]), facts)).toEqual({
      reply: {},
      before: [
        {
          kind: 'stationEvents',
          events: [
            lockFailure,
            {
              ...lockFailure,
              eventId: 2,
              cause: 0,
              cleared: false,
              techCode: 'E17',
              techInfo: 'lock is open',
              transactionId: 'T-1',
              monitorId: 4,
            },
          ],
        },
      ],
      noted: [],
    });
  });

  describe('F18 AvailabilityState', () => {
    const state = (name: string, evse: EventDataType['component']['evse'], actualValue: string): EventDataType => ({
      ...event,
      component: { name, ...(evse && { evse }) },
      variable: { name: 'AvailabilityState' },
      actualValue,
    });
    const time = { at: new Date('2026-03-01T10:00:00Z') };
    const statuses = (...events: EventDataType[]) => notifyEvent.decide(of(events), facts).before.slice(1);

    it.each([
      ['Connector', { id: 1, connectorId: 2 }, 'Occupied', { evseId: 1, connectorId: 2, status: 'Occupied' }],
      ['Connector', { id: 1, connectorId: 2 }, 'Faulted', { evseId: 1, connectorId: 2, status: 'Faulted' }],
      ['connector', { id: 2, connectorId: 1 }, ' available ', { evseId: 2, connectorId: 1, status: 'Available' }],
      [
        'Connector',
        { id: 1, connectorId: 1 },
        'SuspendedEV',
        { evseId: 1, connectorId: 1, status: 'Occupied', info: 'SuspendedEV' },
      ],
      ['Connector', { id: 1, connectorId: 1 }, 'Broken', { evseId: 1, connectorId: 1, status: 'Broken' }],
      ['Connector', { id: 3 }, 'Reserved', { evseId: 3, connectorId: 0, status: 'Reserved' }],
      ['EVSE', { id: 2 }, 'Unavailable', { evseId: 2, connectorId: 0, status: 'Unavailable' }],
      ['ChargingStation', undefined, 'Unavailable', { evseId: 0, connectorId: 0, status: 'Unavailable' }],
    ] as const)(
      'of %s %j that is %j is a status, as StatusNotification tells it (G01)',
      (name, evse, value, status) => {
        expect(statuses(state(name, evse, value))).toEqual([{ kind: 'connectorStatus', ...status, time }]);
      },
    );

    it.each([
      state('Connector', undefined, 'Occupied'),
      state('EVSE', undefined, 'Occupied'),
      state('Controller', { id: 1 }, 'Occupied'),
      state('Connector', { id: 1, connectorId: 1 }, ''),
      state('Connector', { id: 1, connectorId: 1 }, 'x'.repeat(51)),
      { ...state('Connector', { id: 1, connectorId: 1 }, 'true'), variable: { name: 'Problem' } },
    ])('of no place, of no word, or another variable, is an event alone', (odd) => {
      expect(statuses(odd)).toEqual([]);
    });

    it('keeps the order in which one message tells several', () => {
      const at = { id: 1, connectorId: 1 };
      const reported = statuses(...['Available', 'Occupied', 'Available'].map((word) => state('Connector', at, word)));
      expect(reported).toMatchObject([{ status: 'Available' }, { status: 'Occupied' }, { status: 'Available' }]);
    });
  });

  it('never keeps the password, whatever a station shows of it', () => {
    const shown = {
      ...event,
      component: { name: 'SecurityCtrlr' },
      variable: { name: 'BasicAuthPassword' },
      actualValue: 'hunter2',
    };
    expect(notifyEvent.decide(of([shown]), facts).before).toMatchObject([{ events: [{ actualValue: '' }] }]);
  });

  it('takes the receive time for an event of a clock that was never set', () => {
    const { before, noted } = notifyEvent.decide(of([event, { ...event, timestamp: '1970-01-01T00:00:09Z' }]), facts);
    expect(before).toMatchObject([
      { events: [{ time: { at: new Date(timestamp) } }, { time: { at: now, raw: '1970-01-01T00:00:09Z' } }] },
    ]);
    expect(noted).toEqual(['clock-absurd']);
  });
});
