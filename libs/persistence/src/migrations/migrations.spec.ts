import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { QueryRunner } from 'typeorm';
import { MIGRATIONS } from './index.ts';

/** What is in a database somewhere must not change here: add a migration instead, and its checksum. */
const RELEASED: Record<string, string> = {
  Stations0000000000001: 'a4d48a878133f74d',
  Transactions0000000000002: '5686ee31d2fbdfac',
  Outbox0000000000003: '0a7dab21581e0a18',
  WebhookDeliveries0000000000004: 'cb3c626e1ac5e553',
  Mirror0000000000005: '25d6207784f7e9a9',
  DeviceModel0000000000006: '42aab5f51e2d327d',
  TransactionLedgers0000000000007: 'cca2b7ed4e3c287e',
  ReceivedLast0000000000008: 'd3aabfd93fc42c0c',
  OutboxShards0000000000009: 'af5f85ebb540b257',
  OutboxIndexes0000000000010: '739f02b2dfe234cd',
  Commands0000000000011: 'f5278cac82ae6fdf',
  BulkCommands0000000000012: 'd78ff1aaf637731a',
  Webhooks0000000000013: '24ad3d8b05a356a0',
  ManagedChargePoints0000000000014: '287d17e49947a380',
  TransactionCost0000000000015: '84f9c1866737756c',
  SessionQuality0000000000016: 'c166c43e12f56f08',
  OpenConnections0000000000017: 'bc3210c31d76caf4',
  RecordedChargePoints0000000000018: '77c20839dedec30d',
  Findings0000000000019: '0078ac1d2377d274',
  RoomForUpdates0000000000020: 'fe3c63efb1af15f8',
};

async function checksum(Migration: (typeof MIGRATIONS)[number]): Promise<[string, string]> {
  const migration = new Migration();
  const statements: string[] = [];
  const runner = { query: (sql: string) => Promise.resolve(statements.push(sql.replace(/\s+/g, ' ').trim())) };
  await migration.up(runner as unknown as QueryRunner);
  return [migration.name, createHash('sha256').update(statements.join(';')).digest('hex').slice(0, 16)];
}

describe('migrations', () => {
  it('are what they were when they were released', async () => {
    expect(Object.fromEntries(await Promise.all(MIGRATIONS.map(checksum)))).toEqual(RELEASED);
  });

  it('are numbered from one without gaps', () => {
    const numbers = MIGRATIONS.map((Migration) => Number(new Migration().name.slice(-13)));
    expect(numbers).toEqual(MIGRATIONS.map((_, index) => index + 1));
  });
});
