import type { Role, Sending } from '../../message.ts';
import type { Version } from '../misbehaviour.ts';

const AT = '2026-11-30T05:00:00.000Z';

/** A session at connector 1 as it should be sent: from 1000 to 4000 Wh, with two readings in between. */
export function messagesOf(version: Version, session: number): Sending[] {
  const roles: Role[] = ['start', 'update', 'update', 'stop'];
  return roles.map((role, index) => {
    const registerWh = 1000 + index * 1000;
    const payload =
      version === '1.6' ? payload16(role, registerWh, session) : payload201(role, registerWh, session, index);
    const action = version === '1.6' ? ACTIONS[role] : 'TransactionEvent';
    return { action, role, session, connector: 1, registerWh, payload: () => payload };
  });
}

const ACTIONS: Record<Role, string> = {
  start: 'StartTransaction',
  update: 'MeterValues',
  stop: 'StopTransaction',
  idle: 'MeterValues',
};

function payload16(role: Role, wh: number, session: number): object {
  const idTag = `TAG${session}`;
  const meterValue = [{ timestamp: AT, sampledValue: [{ value: String(wh), unit: 'Wh' }] }];
  if (role === 'start') return { connectorId: 1, idTag, meterStart: wh, timestamp: AT };
  const transactionId = 40 + session;
  if (role === 'stop')
    return { transactionId, idTag, meterStop: wh, timestamp: AT, reason: 'Local', transactionData: meterValue };
  return { connectorId: 1, transactionId, meterValue };
}

const EVENTS: Record<Role, string> = { start: 'Started', update: 'Updated', stop: 'Ended', idle: 'Updated' };

function payload201(role: Role, wh: number, session: number, seqNo: number): object {
  return {
    eventType: EVENTS[role],
    timestamp: AT,
    triggerReason: 'Authorized',
    seqNo,
    transactionInfo: { transactionId: `tx-${session}`, ...(role === 'start' ? { remoteStartId: 7 } : {}) },
    ...(role === 'start' ? { evse: { id: 1, connectorId: 1 }, reservationId: 9 } : {}),
    ...(role === 'update' ? {} : { idToken: { idToken: `TAG${session}`, type: 'Central' } }),
    meterValue: [{ timestamp: AT, sampledValue: [{ value: wh, context: 'Sample.Periodic' }] }],
  };
}
