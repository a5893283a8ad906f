import {
  DuplicateChargePointError,
  PASSWORD_COST,
  type ChargePointRecord,
  type ChargePoints,
} from '@ocpp-gw/persistence';
import { hash } from 'bcrypt';
import { resultingProfile, type ChargePointSettings } from './settings.ts';

/** Administration of charge points. */
export class ChargePointAdmin {
  constructor(private readonly chargePoints: Pick<ChargePoints, 'find' | 'create' | 'update'>) {}

  /** Of several requests for one identity at the same moment one creates it, and the others update it. */
  async put(cpId: string, settings: ChargePointSettings): Promise<'created' | 'updated'> {
    const existing = await this.chargePoints.find(cpId);
    // Found wanting before the password is hashed.
    const securityProfile = resultingProfile(settings, existing);
    const passwordHash = settings.password === undefined ? undefined : await hash(settings.password, PASSWORD_COST);
    if (!existing && (await this.create(cpId, settings, { passwordHash, securityProfile }))) return 'created';
    const known = existing ?? (await this.chargePoints.find(cpId));
    if (!known) throw new Error(`charge point ${cpId} was there and is gone`);
    await this.update(known, settings, passwordHash);
    return 'updated';
  }

  /** False: somebody else has created it meanwhile. */
  private async create(
    cpId: string,
    { tolerance, assume_ocpp16: assumeOcpp16, server_ping: serverPing }: ChargePointSettings,
    credentials: { passwordHash: string | undefined; securityProfile: number },
  ): Promise<boolean> {
    try {
      await this.chargePoints.create({
        cpId,
        ...credentials,
        tolerance: tolerance ?? undefined,
        assumeOcpp16,
        serverPing,
      });
      return true;
    } catch (error) {
      if (error instanceof DuplicateChargePointError) return false;
      throw error;
    }
  }

  private async update(
    existing: ChargePointRecord,
    settings: ChargePointSettings,
    passwordHash: string | undefined,
  ): Promise<void> {
    const { security_profile, tolerance, assume_ocpp16: assumeOcpp16, server_ping: serverPing } = settings;
    const securityProfile = resultingProfile(settings, existing);
    await this.chargePoints.update(existing.cpId, {
      passwordHash,
      tolerance,
      assumeOcpp16,
      serverPing,
      // The operator's word ends what is on its way to the station; what he did not name may change under us.
      ...(passwordHash === undefined ? {} : { offeredPasswordHash: null }),
      ...(security_profile === undefined ? {} : { offeredSecurityProfile: null }),
      ...(security_profile === undefined && securityProfile === existing.securityProfile ? {} : { securityProfile }),
    });
  }
}
