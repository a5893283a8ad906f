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

  /** Creates or updates. When several requests for one new identity arrive together, one creates it and the others update it. */
  async put(cpId: string, settings: ChargePointSettings): Promise<'created' | 'updated'> {
    const existing = await this.chargePoints.find(cpId);
    // The settings are checked before the password is hashed, which is slow.
    const securityProfile = resultingProfile(settings, existing);
    const passwordHash = settings.password === undefined ? undefined : await hash(settings.password, PASSWORD_COST);
    if (!existing && (await this.create(cpId, settings, { passwordHash, securityProfile }))) return 'created';
    const known = existing ?? (await this.chargePoints.find(cpId));
    if (!known) throw new Error(`charge point ${cpId} was there and is gone`);
    await this.update(known, settings, passwordHash);
    return 'updated';
  }

  /** Returns false when another request has created the charge point in the meantime. */
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
      // An operator's setting replaces what was sent to the charge point and not used yet. Fields that the operator did not
      // name are left out, because another request may change them at this moment.
      ...(passwordHash === undefined ? {} : { offeredPasswordHash: null }),
      ...(security_profile === undefined ? {} : { offeredSecurityProfile: null }),
      ...(security_profile === undefined && securityProfile === existing.securityProfile ? {} : { securityProfile }),
    });
  }
}
