import { QueryFailedError } from 'typeorm';
import { encodeCursor, type Page } from '@ocpp-gw/contracts';
import { textsOf } from './cursor.ts';
import { SOURCE, type Database } from './database.ts';
import { chargePointEntity } from './entities/charge-point.ts';
import { connectorEntity } from './entities/connector.ts';
import { DuplicateChargePointError } from './errors.ts';
import type { ChargePointRecord, ConnectorRecord } from './records.ts';
import { SQL } from './sql.ts';

export interface ChargePointFilter {
  limit: number;
  cursor?: string;
  protocol?: string;
  registrationStatus?: ChargePointRecord['registrationStatus'];
}

export interface NewChargePoint {
  cpId: string;
  passwordHash?: string;
  securityProfile?: number;
  tolerance?: 'strict' | 'lenient';
  assumeOcpp16?: boolean;
  serverPing?: boolean;
}

/** Fields that an operator may change. Absent fields keep their values. */
export interface ChargePointChanges {
  passwordHash?: string;
  securityProfile?: number;
  tolerance?: ChargePointRecord['tolerance'];
  assumeOcpp16?: boolean;
  serverPing?: boolean;
  /** Null removes the password that was offered to the station. */
  offeredPasswordHash?: null;
  offeredSecurityProfile?: null;
}

/** Which of the offered credentials the station has used. */
export interface UsedOffer {
  passwordHash?: string;
  securityProfile?: number;
}

const UNIQUE_VIOLATION = '23505';

/** Reads and administrates charge points. What charge points report is written by `facts/`. */
export class ChargePoints {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  async find(cpId: string): Promise<ChargePointRecord | null> {
    const found = await this.points()
      .createQueryBuilder('point')
      .where('lower(point.cp_id) = lower(:cpId)', { cpId })
      .getOne();
    return found && { ...found };
  }

  /** Those that are registered, in any letter case, by identity. */
  async findMany(cpIds: readonly string[]): Promise<ChargePointRecord[]> {
    const found = await this.points()
      .createQueryBuilder('point')
      .where('lower(point.cp_id) = ANY(:cpIds)', { cpIds: cpIds.map((cpId) => cpId.toLowerCase()) })
      .orderBy('point.cpId', 'ASC')
      .getMany();
    return found.map((point) => ({ ...point }));
  }

  /** Lists in ascending order of identity. @throws InvalidCursorError */
  async list({ limit, cursor, protocol, registrationStatus }: ChargePointFilter): Promise<Page<ChargePointRecord>> {
    const query = this.points()
      .createQueryBuilder('point')
      .orderBy('point.cpId', 'ASC')
      .limit(limit + 1);
    if (cursor !== undefined) query.andWhere('point.cp_id > :after', { after: textsOf(cursor, 1)[0] });
    if (protocol !== undefined) query.andWhere('point.protocol = :protocol', { protocol });
    if (registrationStatus !== undefined)
      query.andWhere('point.registration_status IS NOT DISTINCT FROM :registrationStatus', { registrationStatus });
    const found = await query.getMany();
    const items = found.slice(0, limit).map((point) => ({ ...point }));
    const last = items.at(-1);
    return { items, nextCursor: found.length > limit && last ? encodeCursor([last.cpId]) : null };
  }

  async connectors(cpId: string): Promise<ConnectorRecord[]> {
    const found = await this.database[SOURCE].getRepository(connectorEntity)
      .createQueryBuilder('c')
      .where('lower(c.cp_id) = lower(:cpId)', { cpId })
      .orderBy('c.evseId', 'ASC')
      .addOrderBy('c.connectorId', 'ASC')
      .getMany();
    return found.map(({ cpId: _, ...connector }) => connector);
  }

  /** @throws DuplicateChargePointError */
  async create(point: NewChargePoint): Promise<ChargePointRecord> {
    const { cpId, passwordHash = null, securityProfile = 1, tolerance = null, assumeOcpp16, serverPing } = point;
    const points = this.points();
    try {
      await points.insert({ cpId, passwordHash, securityProfile, tolerance, assumeOcpp16, serverPing });
    } catch (error) {
      if (error instanceof QueryFailedError && (error.driverError as { code?: string }).code === UNIQUE_VIOLATION)
        throw new DuplicateChargePointError(cpId);
      throw error;
    }
    return { ...(await points.findOneByOrFail({ cpId })) };
  }

  /**
   * Whether a certificate with this name would let in another charge point: by its identity, or, where it connects by
   * certificate, by its serial number.
   */
  async isNameOfAnother(cpId: string, name: string): Promise<boolean> {
    const [row] = await this.database[SQL].query<{ taken: boolean }>(
      `SELECT EXISTS (
         SELECT FROM charge_points
         WHERE lower(cp_id) <> lower($1)
           AND (lower(cp_id) = lower($2)
             OR (lower(serial_number) = lower($2) AND (security_profile = 3 OR offered_security_profile = 3)))) AS taken`,
      [cpId, name.trim()],
    );
    return row?.taken === true;
  }

  /** Returns false when there is no such charge point. */
  setPassword(cpId: string, passwordHash: string): Promise<boolean> {
    return this.update(cpId, { passwordHash });
  }

  /** Returns false when there is no such charge point. */
  async update(cpId: string, changes: ChargePointChanges): Promise<boolean> {
    const updated = await this.points()
      .createQueryBuilder()
      .update()
      .set({ ...changes })
      .where('lower(cp_id) = lower(:cpId)', { cpId })
      .execute();
    return updated.affected === 1;
  }

  /**
   * What the station has used takes the place of what it had before, which is refused from now on (TC_083_CSMS). What
   * is not on offer any more stays as it is.
   */
  async promoteOffered(cpId: string, used: UsedOffer): Promise<void> {
    await this.database[SQL].query(
      `UPDATE charge_points SET
         password_hash = CASE WHEN offered_password_hash = $2 THEN $2 ELSE password_hash END,
         offered_password_hash = nullif(offered_password_hash, $2),
         security_profile = CASE WHEN offered_security_profile = $3 THEN $3 ELSE security_profile END,
         offered_security_profile = nullif(offered_security_profile, $3),
         updated_at = now()
       WHERE lower(cp_id) = lower($1) AND (offered_password_hash = $2 OR offered_security_profile = $3)`,
      [cpId, used.passwordHash ?? null, used.securityProfile ?? null],
    );
  }

  private points() {
    return this.database[SOURCE].getRepository(chargePointEntity);
  }
}
