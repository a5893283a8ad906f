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
    const { password, tolerance } = settings;
    const passwordHash = password === undefined ? undefined : await hash(password, BCRYPT_COST);
    if (existing) {
      await this.chargePoints.update(existing.cpId, { securityProfile, passwordHash, tolerance });
      return 'updated';
    }
    await this.chargePoints.create({ cpId, securityProfile, passwordHash, tolerance: tolerance ?? undefined });
    return 'created';
  }
}
