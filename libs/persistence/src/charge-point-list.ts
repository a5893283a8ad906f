import { InvalidCursorError, encodeCursor, identityKey } from '@ocpp-gw/contracts';
import type { SelectQueryBuilder } from 'typeorm';
import { textsOf } from './cursor.ts';
import type { ChargePointRecord } from './records.ts';

export const CHARGE_POINT_SORTS = ['cp_id', '-cp_id', 'created_at', '-created_at'] as const;

/** A minus sorts in descending order. */
export type ChargePointSort = (typeof CHARGE_POINT_SORTS)[number];

export interface ChargePointFilter {
  limit: number;
  cursor?: string;
  sort?: ChargePointSort;
  /** Identities, in any letter case. */
  cpIds?: readonly string[];
  protocol?: string;
  registrationStatus?: ChargePointRecord['registrationStatus'];
  /** In any letter case, as are model and firmware version. */
  vendor?: string;
  model?: string;
  firmwareVersion?: string;
  /** A part of the identity, the serial number, the vendor or the model, in any letter case. */
  text?: string;
  /** It carries all of them. */
  tags?: Readonly<Record<string, string>>;
  /** Retired ones only; absent or false: only the others. */
  retired?: boolean;
}

/** A cursor holds milliseconds, so the list is sorted by them. */
const CREATED_AT = `date_trunc('milliseconds', point.created_at)`;

type PointsQuery = SelectQueryBuilder<ChargePointRecord>;

/** Sorts the charge points and leaves out those up to the cursor. @throws InvalidCursorError */
export function order(query: PointsQuery, sort: ChargePointSort, cursor: string | undefined): void {
  const direction = sort.startsWith('-') ? 'DESC' : 'ASC';
  const beyond = direction === 'DESC' ? '<' : '>';
  if (isByIdentity(sort)) {
    query.orderBy('point.cp_id', direction);
    if (cursor !== undefined) query.andWhere(`point.cp_id ${beyond} :after`, { after: textsOf(cursor, 1)[0] });
    return;
  }
  query.orderBy(CREATED_AT, direction).addOrderBy('point.cp_id', direction);
  if (cursor === undefined) return;
  const [time = '', after] = textsOf(cursor, 2);
  const createdAt = new Date(time);
  if (!/^\d{4}-/.test(time) || Number.isNaN(createdAt.getTime())) throw new InvalidCursorError();
  query.andWhere(`(${CREATED_AT}, point.cp_id) ${beyond} (:createdAt, :after)`, { createdAt, after });
}

/** The cursor by which a list of this order goes on after the charge point. */
export function chargePointCursor({ cpId, createdAt }: ChargePointRecord, sort: ChargePointSort = 'cp_id'): string {
  return encodeCursor(isByIdentity(sort) ? [cpId] : [createdAt.toISOString(), cpId]);
}

function isByIdentity(sort: ChargePointSort): boolean {
  return sort === 'cp_id' || sort === '-cp_id';
}

const SEARCHED = ['cp_id', 'serial_number', 'vendor', 'model'];

export function narrow(query: PointsQuery, filter: Omit<ChargePointFilter, 'limit' | 'cursor' | 'sort'>): void {
  const { cpIds, protocol, registrationStatus, vendor, model, firmwareVersion, text, tags, retired = false } = filter;
  query.andWhere(`point.retired_at IS ${retired ? 'NOT NULL' : 'NULL'}`);
  if (cpIds !== undefined) query.andWhere('lower(point.cp_id) = ANY(:cpIds)', { cpIds: cpIds.map(identityKey) });
  if (protocol !== undefined) query.andWhere('point.protocol = :protocol', { protocol });
  if (registrationStatus !== undefined)
    query.andWhere('point.registration_status IS NOT DISTINCT FROM :registrationStatus', { registrationStatus });
  if (vendor !== undefined) query.andWhere('lower(point.vendor) = lower(:vendor)', { vendor });
  if (model !== undefined) query.andWhere('lower(point.model) = lower(:model)', { model });
  if (firmwareVersion !== undefined)
    query.andWhere('lower(point.firmware_version) = lower(:firmwareVersion)', { firmwareVersion });
  if (text !== undefined) {
    const found = SEARCHED.map((column) => `strpos(lower(point.${column}), lower(:text)) > 0`);
    query.andWhere(`(${found.join(' OR ')})`, { text });
  }
  if (tags !== undefined) query.andWhere('point.tags @> CAST(:tags AS jsonb)', { tags: JSON.stringify(tags) });
}
