import { describe, expect, it } from '@jest/globals';
import { TOPICS, type Event } from '@ocpp-gw/contracts';
import type { ConnectorStatusEffect, Effect, StationEvent } from '@ocpp-gw/ocpp-j';
import fc from 'fast-check';
import { effectsOnPostgres } from './testdata/on-postgres.ts';

const at = (minute: number, ms = 0) => new Date(Date.UTC(2026, 10, 30, 10, minute, 0, ms));
const status = (word: string, published: Date, parts: Partial<ConnectorStatusEffect> = {}): ConnectorStatusEffect => ({
  kind: 'connectorStatus',
  evseId: 1,
  connectorId: 1,
  status: word,
  errorCode: 'NoError',
  time: { at: published },
  ...parts,
});
const boot: Effect = {
  kind: 'stationBooted',
  vendor: 'V',
  model: 'M',
  registration: { status: 'Accepted', intervalSeconds: 300 },
};

describe('states, on Postgres', () => {
  const plane = effectsOnPostgres('effects-states', { protocol: 'ocpp2.0.1' });
  const { commitAt, rows } = plane;
  const published = async (topic: string) =>
    (await plane.published()).filter((one) => one.topic === topic).map(({ event }) => event);
  const words = (events: readonly Event[]) =>
    events.map(({ payload }) => (payload?.$case === 'connectorStatusChanged' ? payload.value.status : undefined));
  const now = async () => (await rows('connectors', 'status, status_at, received_at'))[0];
  /** One message a second, from 10:20 on. */
  const receive = async (...statuses: Effect[]) => {
    for (const [index, effect] of statuses.entries()) await commitAt(at(20, index * 1000), effect);
  };

  /** As the CALL of this message id. */
  const receiveAs = (messageId: string, ...effects: Effect[]) =>
    plane.pod(0).effects.commit({ cpId: plane.cpId, protocol: 'ocpp2.0.1' }, effects, at(20), { messageId });

  describe('F16 the last one received is the status', () => {
    it('whatever a clock that runs ahead said before; the reported time is kept beside it', async () => {
      await receive(
        status('Preparing', at(140)),
        status('Charging', at(20)),
        status('Available', at(21)),
        status('Faulted', at(22)),
      );
      expect(await now()).toEqual({ status: 'Faulted', status_at: at(22), received_at: at(20, 3000) });
      const events = await published(TOPICS.status);
      expect(words(events)).toEqual(['Preparing', 'Charging', 'Available', 'Faulted']);
      expect(events.map(({ occurredAt }) => occurredAt)).toEqual([at(140), at(20), at(21), at(22)]);
    });

    it('also where the same words and times were said before a clock that runs ahead spoke', async () => {
      await receive(status('Available', at(20)), status('Preparing', at(140)), status('Available', at(20)));
      expect(await now()).toMatchObject({ status: 'Available' });
      expect(await published(TOPICS.status)).toHaveLength(3);
    });

    it('of a queue that a charger delivers after it was offline, the last of the queue', async () => {
      await receive(status('Available', at(19)), status('Charging', at(3)), status('Finishing', at(4)));
      expect(await now()).toMatchObject({ status: 'Finishing', status_at: at(4) });
      expect(await published(TOPICS.status)).toHaveLength(3);
    });

    it('of the whole station and of an EVSE as of a connector', async () => {
      await receive(
        status('Unavailable', at(140), { evseId: 0, connectorId: 0 }),
        status('Unavailable', at(140), { connectorId: 0 }),
        status('Available', at(20), { evseId: 0, connectorId: 0 }),
        status('Available', at(20), { connectorId: 0 }),
      );
      expect(await rows('connectors', 'status')).toEqual([{ status: 'Available' }, { status: 'Available' }]);
    });

    it('in one order everywhere, though the clock of another pod is behind', async () => {
      await commitAt(at(30), status('Charging', at(30)));
      await commitAt(at(29), status('Finishing', at(31)));
      await commitAt(at(29), status('Available', at(32)));
      expect(await now()).toMatchObject({ status: 'Available', received_at: at(30, 2) });
      const events = await published(TOPICS.status);
      expect(words([...events].sort((one, other) => Number(one.recordedAt) - Number(other.recordedAt)))).toEqual([
        'Charging',
        'Finishing',
        'Available',
      ]);
    });
  });

  describe('F17 what comes back after something else is an event', () => {
    it.each([
      ['a time of its own', { at: at(20) }],
      ['a clock that was never set', { at: at(20), raw: '1970-01-01T00:00:09Z', assumed: true as const }],
    ])('with one timestamp, of %s', async (_, time) => {
      await receive(...['Available', 'Preparing', 'Available'].map((word) => status(word, at(0), { time })));
      const events = await published(TOPICS.status);
      expect(words(events)).toEqual(['Available', 'Preparing', 'Available']);
      expect(new Set(events.map(({ id }) => id)).size).toBe(3);
      expect(await now()).toMatchObject({ status: 'Available' });
    });

    it('also within one message', async () => {
      const one = ['Available', 'Occupied', 'Available'].map((word) => status(word, at(19)));
      await commitAt(at(20), ...one);
      expect(words(await published(TOPICS.status))).toEqual(['Available', 'Occupied', 'Available']);
      await commitAt(at(20), status('Occupied', at(19)));
      expect(await now()).toMatchObject({ status: 'Occupied', received_at: at(20, 3) });
    });

    it('and one that differs in anything is news', async () => {
      const faults: Partial<ConnectorStatusEffect>[] = [
        {},
        { errorCode: 'GroundFailure' },
        { info: 'x' },
        { vendorErrorCode: '7' },
      ];
      await receive(...faults.map((parts) => status('Faulted', at(19), parts)));
      expect(await published(TOPICS.status)).toHaveLength(faults.length);
    });

    it('without a time nothing tells a repetition from news', async () => {
      for (const second of [0, 1000]) {
        const time = { at: at(20, second), assumed: true } as const;
        await commitAt(at(20, second), status('Available', at(20), { time }));
      }
      expect(await published(TOPICS.status)).toHaveLength(2);
    });

    it('what says the same directly behind is a repetition', async () => {
      const same = status('Available', at(19));
      await receive(same, same, status('Preparing', at(20)), status('Preparing', at(20)));
      expect(words(await published(TOPICS.status))).toEqual(['Available', 'Preparing']);
      expect(await now()).toMatchObject({ received_at: at(20, 2000) });
    });

    it('a CALL that is sent again after later ones undoes nothing', async () => {
      const available = status('Available', at(10));
      await receiveAs('1', available);
      await receiveAs('2', status('Preparing', at(11)));
      await receiveAs('3', status('Charging', at(12)));
      await receiveAs('1', available);
      expect(await now()).toMatchObject({ status: 'Charging' });
      expect(words(await published(TOPICS.status))).toEqual(['Available', 'Preparing', 'Charging']);
    });

    it('the same bytes but for the message id are news where later times were reported in between', async () => {
      await receiveAs('1', status('Available', at(10)));
      await receiveAs('2', status('Unavailable', at(11)));
      await receiveAs('3', status('Available', at(10)));
      expect(await now()).toMatchObject({ status: 'Available' });
      expect(words(await published(TOPICS.status))).toEqual(['Available', 'Unavailable', 'Available']);
    });

    it('one message id for all messages makes no repetition of what comes back at one time', async () => {
      for (const word of ['Available', 'Preparing', 'Available']) await receiveAs('1', status(word, at(10)));
      expect(words(await published(TOPICS.status))).toEqual(['Available', 'Preparing', 'Available']);
    });

    it('a queue that is delivered twice under its message ids is published once', async () => {
      const queue = [status('Available', at(10)), status('Preparing', at(11)), status('Charging', at(12))];
      for (let time = 0; time < 2; time++)
        for (const [index, one] of queue.entries()) await receiveAs(String(index), one);
      expect(words(await published(TOPICS.status))).toEqual(['Available', 'Preparing', 'Charging']);
      expect(await now()).toMatchObject({ status: 'Charging' });
    });

    it('after a boot the same bytes are news: a clock may always start at the same date', async () => {
      const first = status('Available', at(0), { time: { at: new Date('2000-01-01T00:00:20Z') } });
      const then = status('Preparing', at(0), { time: { at: new Date('2000-01-01T00:00:25Z') } });
      await receive(first, then, boot, first);
      expect(await now()).toMatchObject({ status: 'Available' });
      expect(words(await published(TOPICS.status))).toEqual(['Available', 'Preparing', 'Available']);
    });

    it('of several connectors, each by itself', async () => {
      const other = { evseId: 2, connectorId: 1 };
      await receive(status('Available', at(19)), status('Available', at(19), other), status('Available', at(19)));
      expect(await published(TOPICS.status)).toHaveLength(2);
    });

    it('of security events and of charging schedules as well', async () => {
      const event = (type: string): Effect => ({ kind: 'securityEvent', type, time: { at: at(19) } });
      const schedule = (limit: number): Effect => ({
        kind: 'evChargingSchedule',
        evseId: 1,
        schedule: { chargingRateUnit: 'A', periods: [{ startPeriod: 0, limit }] },
        status: 'Accepted',
        time: { at: at(19) },
      });
      await receive(
        event('TamperDetection'),
        event('SettingSystemTime'),
        event('TamperDetection'),
        event('TamperDetection'),
      );
      await receive(schedule(6), schedule(8), schedule(6), schedule(6));
      const events = await plane.published();
      expect(new Set(events.map(({ event: { id } }) => id)).size).toBe(6);
      expect(events.map(({ topic }) => topic)).toEqual([
        ...Array<string>(3).fill(TOPICS.security),
        ...Array<string>(3).fill(TOPICS.charging),
      ]);
    });
  });

  it('F17 of readings with one timestamp, those that come back after others are events too', async () => {
    const reading = (value: number): Effect => ({
      kind: 'meterValues',
      evseId: 1,
      connectorId: 1,
      time: { at: at(19) },
      samples: [
        {
          at: at(19),
          value,
          unit: 'V',
          rawValue: String(value),
          rawUnit: 'V',
          measurand: 'Voltage',
        },
      ],
    });
    await receive(reading(230), reading(230), reading(231), reading(230));
    const ids = (await published(TOPICS.meter)).map(({ id }) => id);
    expect([ids.length, new Set(ids).size, ids[0] === ids[1]]).toEqual([4, 3, true]);
  });

  it('agree, whatever comes: row, last event and its place in the order', async () => {
    const minute = fc.integer({ min: 0, max: 3 });
    const message = fc.record({
      word: fc.constantFrom('Available', 'Preparing'),
      published: minute,
      pod: minute,
      boots: fc.nat(9),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 12 }), async (messages) => {
        plane.another();
        for (const { word, published: minutes, pod, boots } of messages) {
          if (boots === 0) await commitAt(at(pod), boot);
          // Twice: a repetition is none the less one.
          for (let time = 0; time < 2; time++)
            await commitAt(at(pod), status(word, at(minutes), { time: { at: at(minutes, 1) } }));
        }
        const events = await published(TOPICS.status);
        const row = await now();
        expect(words(events).at(-1)).toBe(row?.['status']);
        expect(events.at(-1)?.recordedAt).toEqual(row?.['received_at']);
        const received = events.map(({ recordedAt }) => Number(recordedAt));
        expect(received).toEqual([...new Set(received)].sort((one, other) => one - other));
        expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
        expect(events.length).toBeLessThanOrEqual(messages.length);
      }),
      { numRuns: 40 },
    );
  });

  describe('F18 what NotifyEvent tells of variables', () => {
    const event = (actualValue: string, parts: Partial<StationEvent> = {}): StationEvent => ({
      eventId: 0,
      time: { at: at(19) },
      trigger: 'Delta',
      notificationType: 'HardWiredNotification',
      component: { name: 'Connector', evse: { id: 1, connectorId: 1 } },
      variable: { name: 'AvailabilityState' },
      actualValue,
      ...parts,
    });
    const events = (...all: StationEvent[]): Effect => ({ kind: 'stationEvents', events: all });
    const variables = () =>
      rows('device_variables', 'component, evse_id, connector_id, variable, value', 'component, variable');

    it('is the value that the device model shows, in the order of the message', async () => {
      const temperature = { component: { name: 'Controller' }, variable: { name: 'Temperature' } };
      await commitAt(at(20), events(event('Available'), event('41', temperature), event('Occupied', { eventId: 1 })));
      await commitAt(at(21), events(event('43', { ...temperature, time: { at: at(18) } })));
      expect(await variables()).toEqual([
        { component: 'Connector', evse_id: 1, connector_id: 1, variable: 'AvailabilityState', value: 'Occupied' },
        { component: 'Controller', evse_id: 0, connector_id: 0, variable: 'Temperature', value: '43' },
      ]);
    });

    it('keeps what the inventory said of the variable, in any letter case', async () => {
      const { component, variable } = event('');
      const fact = {
        component,
        variable,
        attributeType: 'Actual',
        value: 'Available',
        mutability: 'ReadOnly',
      } as const;
      await commitAt(at(10), { kind: 'variablesReported', variables: [fact] });
      await commitAt(at(20), events(event('Faulted', { component: { ...component, name: 'CONNECTOR' } })));
      expect(await rows('device_variables', 'component, value, mutability, seen_at')).toEqual([
        { component: 'Connector', value: 'Faulted', mutability: 'ReadOnly', seen_at: at(20) },
      ]);
    });

    it('F17 is set by each event that is news, and undone by none that is sent again', async () => {
      const all = ['Available', 'Occupied', 'Available'].map((word) => event(word));
      for (const one of all) await commitAt(at(20), events(one));
      expect(new Set((await published(TOPICS.event)).map(({ id }) => id)).size).toBe(3);
      await published(TOPICS.event);
      const later = event('Faulted', { time: { at: at(20) } });
      await receiveAs('1', events(event('Reserved')));
      await receiveAs('2', events(later));
      await receiveAs('1', events(event('Reserved')));
      expect(await published(TOPICS.event)).toHaveLength(2);
      expect(await variables()).toMatchObject([{ value: 'Faulted' }]);
    });

    it('of one message sent again in part, what is new is published', async () => {
      const second = event('Occupied', { component: { name: 'EVSE', evse: { id: 1 } } });
      await commitAt(at(20), events(event('Occupied')));
      await commitAt(at(20), events(event('Occupied'), second));
      const seen = (await published(TOPICS.event)).map(({ payload }) => payload?.value);
      expect(seen).toMatchObject([{ component: 'Connector' }, { component: 'EVSE' }]);
    });

    it('leaves out what has no value or no name that can be one, and tells it all the same', async () => {
      const odd = [event(''), event('1', { variable: { name: 'x'.repeat(5000) } })];
      await commitAt(at(20), events(...odd, event('Occupied')));
      expect(await variables()).toMatchObject([{ value: 'Occupied' }]);
      expect(await published(TOPICS.event)).toHaveLength(3);
    });

    it('follows StatusNotification where the station has the variable, and makes none', async () => {
      await commitAt(at(20), events(event('Occupied')));
      await commitAt(at(21), status('Available', at(21)), status('Available', at(21), { evseId: 2 }));
      expect(await variables()).toMatchObject([{ evse_id: 1, value: 'Available' }]);
    });
  });
});
