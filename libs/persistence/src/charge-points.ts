import { QueryFailedError } from 'typeorm';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { Database } from './database.ts';
import { chargePointEntity } from './entities/charge-point.ts';
import { connectorEntity } from './entities/connector.ts';
import { DuplicateChargePointError } from './errors.ts';
import type { ChargePointRecord, ConnectorRecord, Page } from './records.ts';

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
}

/** What an operator may change; what is absent stays. */
export interface ChargePointChanges {
  passwordHash?: string;
  securityProfile?: number;
  tolerance?: ChargePointRecord['tolerance'];
}

const UNIQUE_VIOLATION = '23505';

/** Stations: reads and administration. What chargers say of themselves is written by ws-edge's effects. */
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

  /** By identity, ascending. @throws InvalidCursorError */
  async list({ limit, cursor, protocol, registrationStatus }: ChargePointFilter): Promise<Page<ChargePointRecord>> {
    const query = this.points()
      .createQueryBuilder('point')
      .orderBy('point.cpId', 'ASC')
      .limit(limit + 1);
    if (cursor !== undefined) query.andWhere('point.cp_id > :after', { after: decodeCursor(cursor, 1)[0] });
    if (protocol !== undefined) query.andWhere('point.protocol = :protocol', { protocol });
    if (registrationStatus !== undefined)
      query.andWhere('point.registration_status IS NOT DISTINCT FROM :registrationStatus', { registrationStatus });
    const found = await query.getMany();
    const items = found.slice(0, limit).map((point) => ({ ...point }));
    const last = items.at(-1);
    return { items, nextCursor: found.length > limit && last ? encodeCursor([last.cpId]) : null };
  }

  async connectors(cpId: string): Promise<ConnectorRecord[]> {
    const found = await this.database.source
      .getRepository(connectorEntity)
      .createQueryBuilder('c')
      .where('lower(c.cp_id) = lower(:cpId)', { cpId })
      .orderBy('c.evseId', 'ASC')
      .addOrderBy('c.connectorId', 'ASC')
      .getMany();
    return found.map(({ cpId: _, ...connector }) => connector);
  }

  /** @throws DuplicateChargePointError */
  async create({ cpId, passwordHash, securityProfile = 1, tolerance }: NewChargePoint): Promise<ChargePointRecord> {
    const points = this.points();
    try {
      await points.insert({ cpId, passwordHash: passwordHash ?? null, securityProfile, tolerance: tolerance ?? null });
    } catch (error) {
      if (error instanceof QueryFailedError && (error.driverError as { code?: string }).code === UNIQUE_VIOLATION)
        throw new DuplicateChargePointError(cpId);
      throw error;
    }
    return { ...(await points.findOneByOrFail({ cpId })) };
  }

  /** False: no such charge point. */
  setPassword(cpId: string, passwordHash: string): Promise<boolean> {
    return this.update(cpId, { passwordHash });
  }

  /** False: no such charge point. */
  async update(cpId: string, changes: ChargePointChanges): Promise<boolean> {
    const updated = await this.points()
      .createQueryBuilder()
      .update()
      .set({ ...changes })
      .where('lower(cp_id) = lower(:cpId)', { cpId })
      .execute();
    return updated.affected === 1;
  }

  private points() {
    return this.database.source.getRepository(chargePointEntity);
  }
}
