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
