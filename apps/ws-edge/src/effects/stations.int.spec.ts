import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { TOPICS } from '@ocpp-gw/contracts';
import type { Effect } from '@ocpp-gw/ocpp-j';
import { ChargePoints } from '@ocpp-gw/persistence';
import { StationRecorder } from './station.ts';
import { effectsOnPostgres } from './testdata/on-postgres.ts';

const now = new Date('2026-04-01T10:00:00Z');
const at = (minute: number) => new Date(Date.UTC(2026, 3, 1, 9, minute));

describe('effects of a station itself, on Postgres', () => {
  const station = effectsOnPostgres('effects-stations', { protocol: 'ocpp1.6' });
  const { commitAt, outgoing } = station;
  const commit = (...effects: Effect[]) => commitAt(now, ...effects);
  const points = () => new ChargePoints(station.database);
  const places = async () => (await outgoing()).map(({ destination }) => destination);

  it('holds a connector that no 32 bits hold', async () => {
    const where = { evseId: 9e18, connectorId: -1 };
    await commit({ kind: 'connectorStatus', ...where, status: 'Available', time: { at: now } });
    expect(await points().connectors(station.cpId)).toMatchObject([{ evseId: 2_147_483_647, connectorId: -1 }]);
  });

  it('keeps what a station says at boot, whatever text it sends', async () => {
    const { cpId } = station;
    await points().create({ cpId, passwordHash: 'hash' });
    await commit({
      kind: 'stationBooted',
      vendor: 'Nul\0 and half \ud83d',
      model: 'M',
      firmwareVersion: '2',
      registration: { status: 'Accepted', intervalSeconds: 300 },
    });
    expect(await points().find(cpId.toLowerCase())).toMatchObject({
      cpId,
      passwordHash: 'hash',
      protocol: 'ocpp1.6',
      vendor: 'Nul and half \ufffd',
      registrationStatus: 'Accepted',
      lastBootAt: now,
      lastSeenAt: now,
    });
  });

  it('F19 records connections with when the station was seen, and commands; one let in unknown gets its row', async () => {
    const recorder = new StationRecorder({ commit: station.commit, pod: 'pod-1', instanceId: randomUUID() });
    const { cpId } = station;
    const [one, other] = [randomUUID(), randomUUID()];
    const connection = { connectionId: one, remoteAddress: '10.0.0.9', beganAt: now, lastSeen: now };
    await recorder.recordConnection(cpId, 'ocpp1.6', { ...connection, connected: true }, now);
    const newer = { ...connection, connectionId: other };
    await recorder.recordConnection(cpId.toLowerCase(), 'ocpp2.0.1', { ...newer, connected: true }, now);
    const seen = () =>
      points()
        .find(cpId)
        .then((point) => point?.lastSeenAt);
    expect(await seen()).toEqual(now);
    const gone = { ...newer, connected: false, closeCode: 1000 };
    await recorder.recordConnection(cpId, 'ocpp2.0.1', { ...gone, lastSeen: at(90) }, at(91));
    // The late end of an older connection, and one of a charger that nobody knows.
    await recorder.recordConnection(cpId, 'ocpp2.0.1', { ...gone, connectionId: one, lastSeen: at(89) }, at(91));
    const never = { ...gone, connectionId: randomUUID() };
    await recorder.recordConnection('Never', 'ocpp2.0.1', { ...never, lastSeen: at(89) }, at(91));
    expect(await seen()).toEqual(at(90));
    expect(await points().find('Never')).toBeNull();
    await recorder.recordCommand(
      cpId,
      'ocpp2.0.1',
      { commandId: randomUUID(), action: 'Reset', outcome: { kind: 'timeout', action: 'Reset' }, late: false },
      now,
    );
    expect(await points().find(cpId)).toMatchObject({ cpId, protocol: 'ocpp2.0.1', registrationStatus: null });
    const ends = [TOPICS.connection, TOPICS.connection, TOPICS.connection];
    expect(await places()).toEqual([...ends, TOPICS.command]);
  });

  it('publishes the begin and the end of a connection once each, whoever writes them', async () => {
    const recorder = new StationRecorder({ commit: station.commit, pod: 'pod-1', instanceId: randomUUID() });
    const { cpId } = station;
    const record = (connected: boolean, lastSeen = now) =>
      recorder.recordConnection(
        cpId,
        'ocpp1.6',
        { connectionId: cpId, remoteAddress: '::1', beganAt: now, lastSeen, connected },
        now,
      );
    await Promise.all([record(true), record(true), record(true)]);
    await Promise.all([record(false), record(false), record(false)]);
    await record(false);
    const told = (await station.published()).map(({ event: { payload } }) => payload);
    expect(told).toMatchObject([{ value: { connected: true } }, { value: { connected: false } }]);
  });
});
