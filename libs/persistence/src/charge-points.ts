import { QueryFailedError, type EntityManager } from 'typeorm';
import { identityKey, type Page } from '@ocpp-gw/contracts';
import { managedEntry } from './charge-point-event.ts';
import { chargePointCursor, narrow, order, type ChargePointFilter } from './charge-point-list.ts';
import { expectSettings } from './charge-point-settings.ts';
import { SOURCE, type Database } from './database.ts';
import { chargePointEntity } from './entities/charge-point.ts';
import { connectorEntity } from './entities/connector.ts';
import { DuplicateChargePointError } from './errors.ts';
import type { ChargePointRecord, ConnectorRecord } from './records.ts';
import { Outbox } from './outbox.ts';
import { SharedLookup } from './shared-lookup.ts';
import { SQL, type Connection } from './sql.ts';
import { selectBut } from './tables/record.ts';

export interface NewChargePoint {
  cpId: string;
  passwordHash?: string;
  securityProfile?: number;
  tolerance?: 'strict' | 'lenient';
  assumeOcpp16?: boolean;
  serverPing?: boolean;
  timeZone?: string | null;
  tags?: Readonly<Record<string, string>>;
}

/** Fields that an operator may change. Absent fields keep their values. */
export interface ChargePointChanges {
  /** Null removes the password. */
  passwordHash?: string | null;
  securityProfile?: number;
  tolerance?: ChargePointRecord['tolerance'];
  assumeOcpp16?: boolean;
  serverPing?: boolean;
  timeZone?: string | null;
  /** Null removes the password that was offered to the station. */
  offeredPasswordHash?: null;
  offeredSecurityProfile?: null;
  /** They replace all tags. */
  tags?: Readonly<Record<string, string>>;
  /** They are merged into the tags; null removes one. */
  tagChanges?: Readonly<Record<string, string | null>>;
  retiredAt?: Date | null;
  recordedUntil?: Date | null;
}

/** Which of the offered credentials the station has used. */
export interface UsedOffer {
  passwordHash?: string;
  securityProfile?: number;
}

const RECORD = selectBut('charge_points', []);

const ASKED = `SELECT ${RECORD}, asked.place FROM unnest($1::text[]) WITH ORDINALITY AS asked (cp_id, place)
  JOIN charge_points ON lower(charge_points.cp_id) = lower(asked.cp_id)`;

const UNIQUE_VIOLATION = '23505';

/** How many are published at once. */
const PORTION = 500;

/** Changes that receivers of events hear of. */
const OPERATED = ['timeZone', 'tags', 'tagChanges', 'retiredAt'] as const;

/** Reads and administrates charge points. What charge points report is written by `facts/`. */
export class ChargePoints {
  private readonly database: Database;
  private readonly lookup = new SharedLookup<string, ChargePointRecord | null>((cpIds) => this.lookUp(cpIds));

  constructor(database: Database) {
    this.database = database;
  }

  /** Many at once share a query, as when a fleet connects. */
  find(cpId: string): Promise<ChargePointRecord | null> {
    return this.lookup.find(cpId);
  }

  /** Those that are registered, in any letter case, by identity. */
  async findMany(cpIds: readonly string[]): Promise<ChargePointRecord[]> {
    return this.database[SQL].query(
      `SELECT ${RECORD} FROM charge_points WHERE lower(cp_id) = ANY ($1::text[]) ORDER BY cp_id`,
      [cpIds.map(identityKey)],
    );
  }

  /** By identity, unless sorted otherwise. @throws InvalidCursorError */
  async list({ limit, cursor, sort = 'cp_id', ...filter }: ChargePointFilter): Promise<Page<ChargePointRecord>> {
    const query = this.points()
      .createQueryBuilder('point')
      .limit(limit + 1);
    order(query, sort, cursor);
    narrow(query, filter);
    const found = await query.getMany();
    const items = found.slice(0, limit).map((point) => ({ ...point }));
    const last = items.at(-1);
    return { items, nextCursor: found.length > limit && last ? chargePointCursor(last, sort) : null };
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
    const { passwordHash = null, securityProfile = 1, tolerance = null, cpId, ...given } = point;
    try {
      return await this.database[SOURCE].transaction(async (manager) => {
        await manager
          .getRepository(chargePointEntity)
          .insert({ cpId, passwordHash, securityProfile, tolerance, ...given });
        return this.publish(manager, cpId);
      });
    } catch (error) {
      if (error instanceof QueryFailedError && (error.driverError as { code?: string }).code === UNIQUE_VIOLATION)
        throw new DuplicateChargePointError(cpId);
      throw error;
    }
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

  /** Until when frames are recorded, by identity, of those of which they are. @throws DatabaseUnavailableError */
  async recordedUntil(): Promise<Map<string, Date>> {
    const rows = await this.database[SQL].query<{ cp_id: string; recorded_until: Date }>(
      'SELECT cp_id, recorded_until FROM charge_points WHERE recorded_until > now()',
    );
    return new Map(rows.map(({ cp_id: cpId, recorded_until: until }) => [cpId, until]));
  }

  /** Returns false when there is no such charge point. */
  setPassword(cpId: string, passwordHash: string): Promise<boolean> {
    return this.update(cpId, { passwordHash });
  }

  /**
   * Returns false when there is no such charge point or, where `unchangedSince` is given, when what an operator decides of it
   * has changed since then.
   */
  async update(cpId: string, changes: ChargePointChanges, unchangedSince?: ChargePointRecord): Promise<boolean> {
    return this.database[SOURCE].transaction(async (manager) => {
      const changed = await this.changed(manager, cpId, changes, unchangedSince);
      if (changed && OPERATED.some((field) => changes[field] !== undefined)) await this.publish(manager, cpId);
      return changed;
    });
  }

  private async changed(
    manager: EntityManager,
    cpId: string,
    { tagChanges, ...values }: ChargePointChanges,
    unchangedSince: ChargePointRecord | undefined,
  ): Promise<boolean> {
    const query = manager
      .getRepository(chargePointEntity)
      .createQueryBuilder()
      .update()
      .set({
        ...values,
        ...(tagChanges && { tags: () => 'jsonb_strip_nulls(tags || CAST(:tagChanges AS jsonb))' }),
      })
      .where('lower(cp_id) = lower(:cpId)', { cpId });
    if (tagChanges) query.setParameter('tagChanges', JSON.stringify(tagChanges));
    if (unchangedSince) expectSettings(query, unchangedSince);
    return (await query.execute()).affected === 1;
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

  /** Publishes what operators have decided of all that are registered. @returns their number */
  async publishAll(): Promise<number> {
    return (await this.publishOf({ retired: false })) + (await this.publishOf({ retired: true }));
  }

  private async publishOf(filter: Pick<ChargePointFilter, 'retired'>): Promise<number> {
    const outbox = new Outbox(this.database);
    let published = 0;
    let cursor: string | undefined;
    do {
      const page = await this.list({ ...filter, limit: PORTION, ...(cursor === undefined ? {} : { cursor }) });
      await outbox.append(page.items.map((point) => managedEntry(point, new Date())));
      published += page.items.length;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return published;
  }

  /** The event is committed with the change. */
  private async publish(manager: EntityManager, cpId: string): Promise<ChargePointRecord> {
    const found = await manager
      .getRepository(chargePointEntity)
      .createQueryBuilder('point')
      .where('lower(point.cp_id) = lower(:cpId)', { cpId })
      .getOneOrFail();
    const connection: Connection = {
      [SQL]: { query: (text, parameters) => manager.query(text, parameters && [...parameters]) },
    };
    await new Outbox(connection).append([managedEntry(found, new Date())]);
    return { ...found };
  }

  private async lookUp(cpIds: readonly string[]): Promise<(ChargePointRecord | null)[]> {
    const rows = await this.database[SQL].query<ChargePointRecord & { place: string }>(ASKED, [cpIds]);
    const found = new Map(rows.map(({ place, ...record }) => [Number(place) - 1, record]));
    return cpIds.map((_, index) => found.get(index) ?? null);
  }

  private points() {
    return this.database[SOURCE].getRepository(chargePointEntity);
  }
}
