import { FakeCharger, type ConnectOptions } from '@ocpp-gw/testing';

/** A charger that is accepted and known to the gateway. */
export async function booted(
  url: string,
  cpId: string,
  protocol: 'ocpp1.6' | 'ocpp2.0.1',
  options: Partial<ConnectOptions> = {},
): Promise<FakeCharger> {
  const charger = await FakeCharger.connect({ url, cpId, protocols: [protocol], ...options });
  const boot =
    protocol === 'ocpp1.6'
      ? { chargePointVendor: 'Fake', chargePointModel: 'F1' }
      : { reason: 'PowerUp', chargingStation: { vendorName: 'Fake', model: 'F2' } };
  const answer = await charger.call('BootNotification', boot);
  if (answer['status'] !== 'Accepted') throw new Error(`boot: ${JSON.stringify(answer)}`);
  return charger;
}
