import { expect, it } from '@jest/globals';
import type { Stack } from '../stack.ts';
import { ACCEPTED, charging, FAMILY, group, type Octt, type Payload, TAG, time, token } from './octt.ts';

interface Reserve {
  evse_id?: number;
  connector_type?: string;
  id_token?: string;
  group_id_token?: string;
  expires_at?: string;
}

/** Block H, reservation (H01 to H04). */
export function reservation(stack: () => Stack): void {
  const { booted } = charging(stack);

  /** ReserveNow, answered with `status`. @returns the reservation's id */
  async function reserve(octt: Octt, status: string, reserve: Reserve): Promise<number> {
    const body = { id_token: TAG, id_token_type: 'ISO14443', expires_at: time(600), ...reserve };
    const { sent, heard } = await octt.command('reserve-now', body, 'ReserveNow', { status });
    expect(sent).toEqual({
      id: expect.any(Number),
      expiryDateTime: body.expires_at,
      idToken: token(body.id_token),
      ...(body.evse_id && { evseId: body.evse_id }),
      ...(body.connector_type && { connectorType: body.connector_type }),
      ...(body.group_id_token && group(body.group_id_token)),
    });
    expect(heard).toMatchObject({ status, reservation_id: sent['id'] });
    return sent['id'] as number;
  }

  /** The one reservation of the case. */
  async function only(octt: Octt): Promise<Payload | undefined> {
    const reservations = await octt.list('/reservations');
    expect(reservations).toHaveLength(1);
    return reservations[0];
  }

  async function ends(octt: Octt, reservationId: number, reservationUpdateStatus: string): Promise<void> {
    expect(await octt.call('ReservationStatusUpdate', { reservationId, reservationUpdateStatus })).toEqual({});
    expect(await only(octt)).toMatchObject({ reservation_id: reservationId, state: 'ended_by_station' });
    expect(await octt.list('/reservations?state=active')).toEqual([]);
  }

  /** Comes with the token and charges on the reservation, which is used up. */
  async function uses(octt: Octt, reservationId: number, idToken = TAG, answer: object = ACCEPTED): Promise<void> {
    const transaction = octt.begin();
    await octt.status('Occupied');
    await transaction.started('Authorized', { idToken: token(idToken), more: { reservationId }, answer });
    expect(await octt.transaction()).toMatchObject({
      state: 'active',
      id_token: idToken,
      reservation_id: reservationId,
    });
    expect(await only(octt)).toMatchObject({ state: 'used', transaction_id: transaction.transactionId });
  }

  it('TC_H_01 Reserve a specific EVSE - Accepted - Valid idToken', async () => {
    const octt = await booted('OCTT2-H_01');
    const reservationId = await reserve(octt, 'Accepted', { evse_id: 1 });
    await octt.status('Reserved');
    expect(await octt.connectorStatus(1)).toBe('Reserved');
    expect(await only(octt)).toMatchObject({
      reservation_id: reservationId,
      evse_id: 1,
      connector_type: null,
      id_token: TAG,
      state: 'active',
      transaction_id: null,
    });
    expect(await octt.authorize(token())).toEqual({ status: 'Accepted' });
    await uses(octt, reservationId);
  });

  it('TC_H_07 Reserve a specific EVSE - Reservation Ended / not used', async () => {
    const octt = await booted('OCTT2-H_07');
    const expiresAt = time(1);
    const reservationId = await reserve(octt, 'Accepted', { evse_id: 1, expires_at: expiresAt });
    await octt.status('Reserved');
    expect(await only(octt)).toMatchObject({ expires_at: expiresAt, state: 'active' });
    await ends(octt, reservationId, 'Expired');
    await octt.status('Available');
    expect(await octt.connectorStatus(1)).toBe('Available');
  });

  it('TC_H_08 Reserve an unspecified EVSE - Accepted', async () => {
    const octt = await booted('OCTT2-H_08');
    const reservationId = await reserve(octt, 'Accepted', {});
    expect(await only(octt)).toMatchObject({
      reservation_id: reservationId,
      evse_id: 0,
      connector_type: null,
      state: 'active',
    });
    await uses(octt, reservationId);
  });

  it('TC_H_14 Reserve an unspecified EVSE - Amount of EVSEs available equals the amount of reservations', async () => {
    const octt = await booted('OCTT2-H_14');
    await octt.status('Available', 2);
    await reserve(octt, 'Accepted', {});
    await reserve(octt, 'Accepted', { id_token: 'OCTT-TAG-2' });
    for (const evseId of [1, 2]) await octt.status('Reserved', evseId);
    for (const evseId of [1, 2]) expect(await octt.connectorStatus(evseId)).toBe('Reserved');
    const reservations = await octt.list('/reservations?state=active');
    expect(reservations.map((one) => one['id_token']).sort()).toEqual([TAG, 'OCTT-TAG-2']);
    expect(new Set(reservations.map((one) => one['reservation_id'])).size).toBe(2);
  });

  it('TC_H_15 Reserve a connector with a specific type - Success', async () => {
    const octt = await booted('OCTT2-H_15');
    const reservationId = await reserve(octt, 'Accepted', { connector_type: 'cType2' });
    expect(await only(octt)).toMatchObject({
      reservation_id: reservationId,
      evse_id: 0,
      connector_type: 'cType2',
      state: 'active',
    });
    await uses(octt, reservationId);
  });

  it('TC_H_17 Cancel reservation of an EVSE - Success', async () => {
    const octt = await booted('OCTT2-H_17');
    const reservationId = await reserve(octt, 'Accepted', { evse_id: 1 });
    await octt.status('Reserved');
    const body = { reservation_id: reservationId };
    const { sent, heard } = await octt.command('cancel-reservation', body, 'CancelReservation', { status: 'Accepted' });
    expect(sent).toEqual({ reservationId });
    expect(heard).toMatchObject({ status: 'Accepted' });
    await octt.status('Available');
    expect(await only(octt)).toMatchObject({ reservation_id: reservationId, state: 'cancelled' });
    expect(await octt.connectorStatus(1)).toBe('Available');
  });

  it('TC_H_19 Reserve a specific EVSE - Use a reserved EVSE with GroupId', async () => {
    const octt = await booted('OCTT2-H_19');
    const family = { evse_id: 1, id_token: 'OCTT-SISTER', group_id_token: FAMILY };
    const reservationId = await reserve(octt, 'Accepted', family);
    await octt.status('Reserved');
    expect(await only(octt)).toMatchObject({ ...family, state: 'active' });
    const brother = { status: 'Accepted', ...group(FAMILY) };
    expect(await octt.authorize(token('OCTT-BROTHER'))).toEqual(brother);
    await uses(octt, reservationId, 'OCTT-BROTHER', { idTokenInfo: brother });
  });

  it('TC_H_20 Charging Station cancels reservation when Faulted', async () => {
    const octt = await booted('OCTT2-H_20');
    const reservationId = await reserve(octt, 'Accepted', { evse_id: 1 });
    await octt.status('Reserved');
    await octt.status('Faulted');
    await ends(octt, reservationId, 'Removed');
    expect(await octt.connectorStatus(1)).toBe('Faulted');
  });

  it('TC_H_22 Reserve a specific EVSE - Configured to Reject', async () => {
    const octt = await booted('OCTT2-H_22');
    await reserve(octt, 'Rejected', { evse_id: 1 });
    expect(await octt.list('/reservations')).toEqual([]);
    expect(await octt.connectorStatus(1)).toBe('Available');
  });
}
