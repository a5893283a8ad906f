import { describe, expect, it } from '@jest/globals';
import { decodeEvent, encodeEvent, TOPICS } from '@ocpp-gw/contracts';
import {
  bootedEvent,
  chargingLimitEvent,
  chargingNeedsEvent,
  chargingScheduleEvent,
  commandEvent,
  connectionEvent,
  dataEvent,
  endedEvent,
  firmwareEvent,
  logEvent,
  meterEvent,
  publicationEvent,
  reportEvent,
  reservationEvent,
  securityEvent,
  signingEvent,
  startedEvent,
  stationEvent,
  statusEvent,
  updatedEvent,
} from './index.ts';

describe('event builders', () => {
  it.each([
    [TOPICS.boot, bootedEvent],
    [TOPICS.status, statusEvent],
    [TOPICS.meter, meterEvent],
    [TOPICS.transactionStarted, startedEvent],
    [TOPICS.transactionUpdated, updatedEvent],
    [TOPICS.transactionEnded, endedEvent],
    [TOPICS.connection, connectionEvent],
    [TOPICS.command, commandEvent],
    [TOPICS.firmware, firmwareEvent],
    [TOPICS.log, logEvent],
    [TOPICS.security, securityEvent],
    [TOPICS.security, signingEvent],
    [TOPICS.data, dataEvent],
    [TOPICS.event, stationEvent],
    [TOPICS.firmware, publicationEvent],
    [TOPICS.charging, chargingLimitEvent],
    [TOPICS.charging, chargingNeedsEvent],
    [TOPICS.charging, chargingScheduleEvent],
    [TOPICS.reservation, reservationEvent],
    [TOPICS.report, reportEvent],
  ])('make a whole event of %s that survives the wire', (topic, make) => {
    const event = make();
    expect(event.type).toBe(topic);
    expect(decodeEvent(encodeEvent(event))).toEqual(event);
  });

  it('put the overrides of payload and envelope in place', () => {
    const event = startedEvent({ transactionId: '7', meterStartWh: undefined }, { cpId: 'CP9', protocol: 'ocpp2.0.1' });
    expect(event).toMatchObject({ cpId: 'CP9', protocol: 'ocpp2.0.1' });
    expect(event.payload).toMatchObject({ value: { transactionId: '7', meterStartWh: undefined } });
  });

  it('give every event an id of its own', () => {
    expect(startedEvent().id).not.toBe(startedEvent().id);
  });
});
