import { expect, it } from '@jest/globals';
import { until } from '../until.ts';
import type { Stack } from '../stack.ts';
import { charging, type Octt, TAG, time } from './octt.ts';

interface Reserve {
  /** Absent: any connector. */
  evse_id?: number;
  id_token?: string;
  group_id_token?: string;
  expires_at?: string;
}

/** Reservation. */
export function reservation(stack: () => Stack): void {
  const { booted } = charging(stack);

  /** ReserveNow, answered with `status`. @returns the reservation's id */
  async function reserve(octt: Octt, status: string, reserve: Reserve = { evse_id: 1 }): Promise<number> {
    const body = { id_token: TAG, expires_at: time(600), ...reserve };
    const { sent, heard } = await octt.command('reserve-now', body, 'ReserveNow', { status });
    expect(sent).toEqual({
      connectorId: body.evse_id ?? 0,
      idTag: body.id_token,
      expiryDate: body.expires_at,
      reservationId: expect.any(Number),
      ...(body.group_id_token && { parentIdTag: body.group_id_token }),
    });
    expect(heard).toMatchObject({ status, reservation_id: sent['reservationId'] });
    return sent['reservationId'] as number;
  }

  const state = async (octt: Octt): Promise<unknown> => {
    const reservations = await octt.list('/reservations');
    expect(reservations).toHaveLength(1);
    return reservations[0];
  };

  it('TC_046 Reservation of a Connector – Transaction', async () => {
    const octt = await booted('OCTT-046');
    const reservationId = await reserve(octt, 'Accepted');
    await octt.status(1, 'Reserved');
    expect(await octt.connectorStatus(1)).toBe('Reserved');
    expect(await state(octt)).toMatchObject({
      reservation_id: reservationId,
      evse_id: 1,
      id_token: TAG,
      state: 'active',
      transaction_id: null,
    });
    expect(await octt.authorize()).toEqual({ status: 'Accepted' });
    await octt.status(1, 'Preparing');
    const transactionId = await octt.charge({ reservationId });
    expect(await octt.transaction()).toMatchObject({ state: 'active', reservation_id: reservationId });
    expect(await state(octt)).toMatchObject({ state: 'used', transaction_id: String(transactionId) });
  });

  it('TC_047 Reservation – Expire', async () => {
    const octt = await booted('OCTT-047');
    const expiresAt = time(2);
    const reservationId = await reserve(octt, 'Accepted', { evse_id: 1, expires_at: expiresAt });
    await octt.status(1, 'Reserved');
    expect(await state(octt)).toMatchObject({ reservation_id: reservationId, expires_at: expiresAt, state: 'active' });
    await until('the reservation to expire', async () => {
      expect(await state(octt)).toMatchObject({ state: 'expired', transaction_id: null });
    });
    await octt.status(1, 'Available');
    expect(await octt.connectorStatus(1)).toBe('Available');
    expect(await octt.list('/reservations?state=active')).toEqual([]);
  });

  it('TC_048_1 Reservation – Faulted', async () => {
    const octt = await booted('OCTT-048_1');
    await octt.status(1, 'Faulted', 'OtherError');
    await reserve(octt, 'Faulted');
    expect(await octt.list('/reservations')).toEqual([]);
    expect(await octt.connectorStatus(1)).toBe('Faulted');
  });

  it('TC_048_2 Reservation – Occupied', async () => {
    const octt = await booted('OCTT-048_2');
    await octt.status(1, 'Preparing');
    await reserve(octt, 'Occupied');
    expect(await octt.list('/reservations')).toEqual([]);
    expect(await octt.connectorStatus(1)).toBe('Preparing');
  });

  it('TC_048_3 Reservation – Unavailable', async () => {
    const octt = await booted('OCTT-048_3');
    const inoperative = { operative: false, evse_id: 1 };
    const { sent } = await octt.command('change-availability', inoperative, 'ChangeAvailability', {
      status: 'Accepted',
    });
    expect(sent).toEqual({ connectorId: 1, type: 'Inoperative' });
    await octt.status(1, 'Unavailable');
    expect(await octt.list('/availability')).toEqual([expect.objectContaining({ ...inoperative, scheduled: false })]);
    await reserve(octt, 'Unavailable');
    expect(await octt.list('/reservations')).toEqual([]);
    expect(await octt.connectorStatus(1)).toBe('Unavailable');
  });

  it('TC_048_4 Reservation – Rejected', async () => {
    const octt = await booted('OCTT-048_4');
    await reserve(octt, 'Rejected');
    expect(await octt.list('/reservations')).toEqual([]);
    expect(await octt.connectorStatus(1)).toBe('Available');
  });

  it('TC_049 Reservation of a Charge Point', async () => {
    const octt = await booted('OCTT-049');
    const reservationId = await reserve(octt, 'Accepted', {});
    expect(await state(octt)).toMatchObject({ reservation_id: reservationId, evse_id: 0, state: 'active' });
    expect(await octt.authorize()).toEqual({ status: 'Accepted' });
    await octt.status(1, 'Preparing');
    const transactionId = await octt.charge({ reservationId });
    expect(await state(octt)).toMatchObject({ state: 'used', transaction_id: String(transactionId) });
  });

  it('TC_051 Cancel Reservation', async () => {
    const octt = await booted('OCTT-051');
    const reservationId = await reserve(octt, 'Accepted');
    await octt.status(1, 'Reserved');
    const body = { reservation_id: reservationId };
    const { sent, heard } = await octt.command('cancel-reservation', body, 'CancelReservation', { status: 'Accepted' });
    expect(sent).toEqual({ reservationId });
    expect(heard).toMatchObject({ status: 'Accepted' });
    await octt.status(1, 'Available');
    expect(await state(octt)).toMatchObject({ reservation_id: reservationId, state: 'cancelled' });
    expect(await octt.connectorStatus(1)).toBe('Available');
  });

  it('TC_052 Cancel Reservation – Rejected', async () => {
    const octt = await booted('OCTT-052');
    const reservationId = await reserve(octt, 'Accepted');
    const body = { reservation_id: reservationId + 1 };
    const { sent, heard } = await octt.command('cancel-reservation', body, 'CancelReservation', { status: 'Rejected' });
    expect(sent).toEqual({ reservationId: reservationId + 1 });
    expect(heard).toMatchObject({ status: 'Rejected' });
    expect(await state(octt)).toMatchObject({ reservation_id: reservationId, state: 'active' });
  });

  it('TC_053 Reserved Connector with parentIdTag', async () => {
    const octt = await booted('OCTT-053');
    const family = { evse_id: 1, id_token: 'OCTT-SISTER', group_id_token: 'OCTT-FAMILY' };
    const reservationId = await reserve(octt, 'Accepted', family);
    await octt.status(1, 'Reserved');
    expect(await state(octt)).toMatchObject({ ...family, state: 'active' });
    const brother = { status: 'Accepted', parentIdTag: 'OCTT-FAMILY' };
    expect(await octt.authorize('OCTT-BROTHER')).toEqual(brother);
    const { transactionId, idTagInfo } = await octt.start({ idTag: 'OCTT-BROTHER', reservationId });
    expect(idTagInfo).toEqual(brother);
    expect(await octt.transaction()).toMatchObject({ id_token: 'OCTT-BROTHER', reservation_id: reservationId });
    expect(await state(octt)).toMatchObject({ state: 'used', transaction_id: String(transactionId) });
  });
}
