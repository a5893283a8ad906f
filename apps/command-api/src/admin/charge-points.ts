import type { ChargePoints } from '@ocpp-gw/persistence';
import { hash } from 'bcrypt';
import { resultingProfile, type ChargePointSettings } from './settings.ts';

/** About 60 ms on a server core; hashed on bcrypt's own threads. */
const BCRYPT_COST = 10;

/** Administration of charge points. */
export class ChargePointAdmin {
  constructor(private readonly chargePoints: Pick<ChargePoints, 'find' | 'create' | 'update'>) {}

  async put(cpId: string, settings: ChargePointSettings): Promise<'created' | 'updated'> {
    const existing = await this.chargePoints.find(cpId);
    const securityProfile = resultingProfile(settings, existing);
    const { password, security_profile, tolerance, assume_ocpp16: assumeOcpp16, server_ping: serverPing } = settings;
    const passwordHash = password === undefined ? undefined : await hash(password, BCRYPT_COST);
    const door = { assumeOcpp16, serverPing };
    if (existing) {
      await this.chargePoints.update(existing.cpId, {
        passwordHash,
        tolerance,
        ...door,
        // The operator's word ends what is on its way to the station; what he did not name may change under us.
        ...(password === undefined ? {} : { offeredPasswordHash: null }),
        ...(security_profile === undefined ? {} : { offeredSecurityProfile: null }),
        ...(security_profile === undefined && securityProfile === existing.securityProfile ? {} : { securityProfile }),
      });
      return 'updated';
    }
    await this.chargePoints.create({ cpId, securityProfile, passwordHash, tolerance: tolerance ?? undefined, ...door });
    return 'created';
  }
}
