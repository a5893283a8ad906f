import type { FakeCharger } from '@ocpp-gw/testing';
import { booted } from '../booted-charger.ts';

export interface Start {
  connectorId: number;
  idTag: string;
  meterStart: number;
  timestamp: string;
}

export const startOf = (meterStart = 0, idTag = 'DEGRADED'): Start => ({
  connectorId: 1,
  idTag,
  meterStart,
  timestamp: new Date().toISOString(),
});

/** A 1.6 charger that is accepted and takes any Reset. */
export async function charging(url: string, cpId: string): Promise<FakeCharger> {
  return obedient(await booted(url, cpId, 'ocpp1.6'));
}

export function obedient(charger: FakeCharger): FakeCharger {
  charger.answer('Reset', () => ({ status: 'Accepted' }));
  return charger;
}

export async function start(charger: FakeCharger, request = startOf()): Promise<number> {
  const answer = await charger.call('StartTransaction', request, 15_000);
  return answer['transactionId'] as number;
}

export function stop(charger: FakeCharger, transactionId: number): Promise<Record<string, unknown>> {
  const request = { transactionId, meterStop: 5000, timestamp: new Date().toISOString() };
  return charger.call('StopTransaction', request, 15_000);
}

/** @returns the transaction's id, as everybody downstream knows it. */
export async function session(charger: FakeCharger, idTag?: string): Promise<string> {
  const transactionId = await start(charger, startOf(0, idTag));
  await charger.call('MeterValues', {
    connectorId: 1,
    transactionId,
    meterValue: [{ timestamp: new Date().toISOString(), sampledValue: [{ value: '2500' }] }],
  });
  await stop(charger, transactionId);
  return String(transactionId);
}
