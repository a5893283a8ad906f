import {
  DuplicateChargePointError,
  PASSWORD_COST,
  type ChargePointChanges,
  type ChargePointRecord,
  type ChargePoints,
} from '@ocpp-gw/persistence';
import type { OnlineRegistry } from '@ocpp-gw/redis';
import { hash } from 'bcrypt';
import { ProblemError } from '../problems/problem-error.ts';
import { checkPrecondition, type Precondition } from './precondition.ts';
import { checkTagChanges, resultingProfile, type ChargePointPatch, type ChargePointSettings } from './settings.ts';

/** Administration of charge points. Each method throws a ProblemError when its precondition does not hold. */
export class ChargePointAdmin {
  constructor(
    private readonly chargePoints: Pick<ChargePoints, 'find' | 'create' | 'update'>,
    private readonly registry: Pick<OnlineRegistry, 'evict'>,
  ) {}

  /** Creates or updates. When several requests for one new identity arrive together, one creates it and the others update it. */
  async put(
    cpId: string,
    settings: ChargePointSettings,
    precondition: Precondition = {},
  ): Promise<'created' | 'updated'> {
    const existing = await this.chargePoints.find(cpId);
    checkPrecondition(precondition, existing);
    // The settings are checked before the password is hashed, which is slow.
    const securityProfile = resultingProfile(settings, existing);
    const passwordHash = await hashed(settings.password);
    const { tags } = settings;
    const done = existing
      ? await this.update(existing, { ...changesOf(settings, passwordHash, existing), tags }, precondition)
      : await this.create(cpId, settings, { passwordHash: passwordHash ?? undefined, securityProfile });
    // Another request has changed it in the meantime.
    if (!done) return this.put(cpId, settings, precondition);
    return existing ? 'updated' : 'created';
  }

  async patch(cpId: string, patch: ChargePointPatch, precondition: Precondition = {}): Promise<void> {
    const existing = await this.known(cpId, precondition);
    resultingProfile(patch, existing);
    checkTagChanges(existing.tags, patch.tags);
    const changes = changesOf(patch, await hashed(patch.password), existing);
    if (!(await this.update(existing, { ...changes, tagChanges: patch.tags }, precondition)))
      await this.patch(cpId, patch, precondition);
  }

  /** From now on ws-edge refuses the charge point as if it were unknown. What is known of it is kept. */
  async retire(cpId: string, precondition: Precondition = {}): Promise<void> {
    const existing = await this.known(cpId, precondition);
    if (!existing.retiredAt && !(await this.update(existing, { retiredAt: new Date() }, precondition)))
      return this.retire(cpId, precondition);
    await this.registry.evict(existing.cpId);
  }

  async restore(cpId: string, precondition: Precondition = {}): Promise<void> {
    const existing = await this.known(cpId, precondition);
    if (existing.retiredAt && !(await this.update(existing, { retiredAt: null }, precondition)))
      await this.restore(cpId, precondition);
  }

  private async known(cpId: string, precondition: Precondition): Promise<ChargePointRecord> {
    const existing = await this.chargePoints.find(cpId);
    if (!existing) throw new ProblemError('charge-point-not-found');
    checkPrecondition(precondition, existing);
    return existing;
  }

  /** Returns false when another request has created the charge point in the meantime. */
  private async create(
    cpId: string,
    { tolerance, assume_ocpp16: assumeOcpp16, server_ping: serverPing, tags }: ChargePointSettings,
    credentials: { passwordHash: string | undefined; securityProfile: number },
  ): Promise<boolean> {
    try {
      await this.chargePoints.create({
        cpId,
        ...credentials,
        tolerance: tolerance ?? undefined,
        assumeOcpp16,
        serverPing,
        tags,
      });
      return true;
    } catch (error) {
      if (error instanceof DuplicateChargePointError) return false;
      throw error;
    }
  }

  /** Returns false when the settings have changed since what the change depends on was checked. */
  private update(
    existing: ChargePointRecord,
    changes: ChargePointChanges,
    { ifMatch }: Precondition,
  ): Promise<boolean> {
    const isConditional = ifMatch !== undefined && ifMatch !== '*';
    // Together a password and a profile may be what neither of two requests at one moment asks for.
    const isOfCredentials = changes.passwordHash !== undefined || changes.securityProfile !== undefined;
    const isExact = isConditional || isOfCredentials;
    return this.chargePoints.update(existing.cpId, changes, ...(isExact ? [existing] : []));
  }
}

async function hashed(password: string | null | undefined): Promise<string | null | undefined> {
  return password ? hash(password, PASSWORD_COST) : password === null ? null : undefined;
}

/**
 * An operator's setting replaces what was sent to the charge point and not used yet. Fields that the operator did not name are
 * left out, because another request may change them at this moment.
 */
function changesOf(
  settings: Omit<ChargePointPatch, 'tags'>,
  passwordHash: string | null | undefined,
  existing: ChargePointRecord,
): ChargePointChanges {
  const { security_profile, tolerance, assume_ocpp16: assumeOcpp16, server_ping: serverPing } = settings;
  const securityProfile = resultingProfile(settings, existing);
  return {
    passwordHash,
    tolerance,
    assumeOcpp16,
    serverPing,
    ...(passwordHash === undefined ? {} : { offeredPasswordHash: null }),
    ...(security_profile === undefined ? {} : { offeredSecurityProfile: null }),
    ...(security_profile === undefined && securityProfile === existing.securityProfile ? {} : { securityProfile }),
  };
}
