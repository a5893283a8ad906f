import { expect, it } from '@jest/globals';
import { until } from '../until.ts';
import type { Stack } from '../stack.ts';
import { charging, type Octt } from './octt.ts';

interface Scope {
  body: object;
  wire: object;
  /** How the operator reads it. */
  row: object;
  /** The EVSEs that follow, of two. */
  evseIds: readonly number[];
}

const EVSE: Scope = {
  body: { evse_id: 1 },
  wire: { evse: { id: 1 } },
  row: { evse_id: 1, connector_id: 0 },
  evseIds: [1],
};
const STATION: Scope = { body: {}, wire: {}, row: { evse_id: 0, connector_id: 0 }, evseIds: [1, 2] };
const CONNECTOR: Scope = {
  body: { evse_id: 1, connector_id: 1 },
  wire: { evse: { id: 1, connectorId: 1 } },
  row: { evse_id: 1, connector_id: 1 },
  evseIds: [1],
};

/** Block G: availability. */
export function availability(stack: () => Stack): void {
  const { booted } = charging(stack);

  /** ChangeAvailability with exactly this scope, answered with `status`. */
  async function change(octt: Octt, { body, wire, row }: Scope, operative: boolean, status: string): Promise<void> {
    const { sent, heard } = await octt.command('change-availability', { operative, ...body }, 'ChangeAvailability', {
      status,
    });
    expect(sent).toEqual({ operationalStatus: operative ? 'Operative' : 'Inoperative', ...wire });
    expect(heard).toMatchObject({ status });
    expect(await octt.list('/availability')).toEqual([
      expect.objectContaining({ ...row, operative, scheduled: status === 'Scheduled' }),
    ]);
  }

  /** The EVSEs of the scope take the status, and no other does. */
  async function follow(octt: Octt, { evseIds }: Scope, status: string): Promise<void> {
    for (const evseId of evseIds) await octt.status(status, evseId);
    for (const evseId of [1, 2])
      expect(await octt.connectorStatus(evseId)).toBe(evseIds.includes(evseId) ? status : 'Available');
  }

  const station = async (cpId: string): Promise<Octt> => {
    const octt = await booted(cpId);
    await octt.status('Available', 2);
    return octt;
  };

  it.each([
    ['TC_G_03 Change Availability EVSE - Operative to inoperative', 'OCTT2-G_03', EVSE],
    ['TC_G_05 Change Availability Charging Station - Operative to inoperative', 'OCTT2-G_05', STATION],
    ['TC_G_07 Change Availability Connector - Operative to inoperative', 'OCTT2-G_07', CONNECTOR],
  ])('%s', async (_, cpId, scope) => {
    const octt = await station(cpId);
    await change(octt, scope, false, 'Accepted');
    await follow(octt, scope, 'Unavailable');
  });

  it.each([
    ['TC_G_04 Change Availability EVSE - Inoperative to operative', 'OCTT2-G_04', EVSE],
    ['TC_G_06 Change Availability Charging Station - Inoperative to operative', 'OCTT2-G_06', STATION],
    ['TC_G_08 Change Availability Connector - Inoperative to operative', 'OCTT2-G_08', CONNECTOR],
  ])('%s', async (_, cpId, scope) => {
    const octt = await station(cpId);
    await change(octt, scope, false, 'Accepted');
    await follow(octt, scope, 'Unavailable');
    await change(octt, scope, true, 'Accepted');
    await follow(octt, scope, 'Available');
  });

  it.each([
    ['TC_G_11 Change Availability EVSE - With ongoing transaction', 'OCTT2-G_11', EVSE],
    ['TC_G_14 Change Availability Charging Station - With ongoing transaction', 'OCTT2-G_14', STATION],
    ['TC_G_17 Change Availability Connector - With ongoing transaction', 'OCTT2-G_17', CONNECTOR],
  ])('%s', async (_, cpId, scope) => {
    const octt = await station(cpId);
    const transaction = await octt.charging();
    await change(octt, scope, false, 'Scheduled');
    expect(await octt.transaction()).toMatchObject({ state: 'active' });
    expect(await octt.connectorStatus(1)).toBe('Occupied');
    await transaction.ended('StopAuthorized', { wh: 3500 });
    await follow(octt, scope, 'Unavailable');
    expect(await octt.transaction()).toMatchObject({ state: 'ended', stop_reason: 'Local', energy_wh: 2500 });
  });

  it('TC_G_20 Connector status Notification - Lock Failure', async () => {
    const octt = await booted('OCTT2-G_20');
    await octt.status('Occupied');
    await octt.notifies({
      component: { name: 'ConnectorPlugRetentionLock', evse: { id: 1, connectorId: 1 } },
      variable: { name: 'Problem' },
      actualValue: 'true',
      trigger: 'Alerting',
    });
    await until('the event', async () => {
      expect(await octt.list('/station-events')).toContainEqual(
        expect.objectContaining({
          component: 'ConnectorPlugRetentionLock',
          evse_id: 1,
          connector_id: 1,
          variable: 'Problem',
          actual_value: 'true',
          trigger: 'Alerting',
        }),
      );
    });
    expect(await octt.connectorStatus(1)).toBe('Occupied');
    expect(await octt.transactions()).toEqual([]);
  });
}
