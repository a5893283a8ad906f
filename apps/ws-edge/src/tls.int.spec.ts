import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { ChargePoints, createDatabase, migrate, type Database } from '@ocpp-gw/persistence';
import { sqlOf } from '@ocpp-gw/persistence/testing';
import { HandshakeRefused, issue, makeCa, type Authority, type ConnectOptions } from '@ocpp-gw/testing';
import { hash } from 'bcrypt';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestCharger } from './session/testdata/charger.ts';
import type { Pod as PodType } from './testdata/pod.ts';

let plane: DataPlane;
let database: Database;
let points: ChargePoints;
let folder: string;
let ca: Authority;
/** Two pods over one Postgres, each with a cache of charge points that outlives the test. */
const pods: PodType[] = [];

async function written(name: string, content: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

beforeAll(async () => {
  plane = await startDataPlane({ name: 'ws-edge-tls', only: ['postgres', 'redis'] });
  await migrate({ url: plane.postgresUrl, applicationName: 'spec' });
  database = createDatabase({ url: plane.postgresUrl, poolSize: 2, applicationName: 'spec' });
  await database.start();
  points = new ChargePoints(database);
  folder = await mkdtemp(join(tmpdir(), 'ws-edge-tls-'));
  ca = await makeCa({ cn: 'Root' });
  const servers = [await issue({ cn: 'csms', ca, key: 'rsa2048' }), await issue({ cn: 'csms', ca, key: 'ec256' })];
  const certs = servers.map(({ cert }, index) => written(`cert-${index}.pem`, cert));
  const keys = servers.map(({ key }, index) => written(`key-${index}.pem`, key));
  const env = {
    EVEYS_OCPP_DB_URL: plane.postgresUrl,
    EVEYS_OCPP_REDIS_URL: plane.redisUrl,
    EVEYS_OCPP_KAFKA_BROKERS: '127.0.0.1:1',
    EVEYS_OCPP_WS_TLS_PORT: '0',
    EVEYS_OCPP_WS_TLS_CERT_FILES: (await Promise.all(certs)).join(','),
    EVEYS_OCPP_WS_TLS_KEY_FILES: (await Promise.all(keys)).join(','),
    EVEYS_OCPP_WS_TLS_CLIENT_CA_FILE: await written('ca.pem', ca.cert),
    EVEYS_OCPP_WS_STATION_CACHE_S: '600',
  };
  const { Pod } = await import('./testdata/pod.ts');
  for (const name of ['one', 'two']) pods.push(await Pod.start({ ...env, EVEYS_OCPP_POD_NAME: name }));
}, 180_000);

afterAll(async () => {
  await Promise.all(pods.map((pod) => pod.stop()));
  await database?.stop();
  await plane?.stop();
  if (folder) await rm(folder, { recursive: true });
}, 60_000);

/** The status of the refusal; 101 when let in. */
async function knock(
  pod: number,
  way: 'ws' | 'wss',
  options: Partial<ConnectOptions> & { cpId: string },
): Promise<number> {
  const port = pods[pod]?.ports[way === 'ws' ? 'plain' : 'tls'];
  const client = { ca: ca.cert, ...options.client };
  try {
    const charger = await TestCharger.connect({ url: `${way}://127.0.0.1:${port}`, ...options, client });
    await charger.wire.close();
    return 101;
  } catch (error) {
    if (error instanceof HandshakeRefused) return error.status;
    throw error;
  }
}

describe('security profiles over real sockets and Postgres', () => {
  it('are upgraded, and the old one is refused afterwards (TC_083_CSMS)', async () => {
    const cpId = 'UPGRADE';
    const password = 'correct-horse-battery';
    await points.create({ cpId, passwordHash: await hash(password, 4), securityProfile: 1 });
    await sqlOf(database).query(`UPDATE charge_points SET registration_status = 'Accepted' WHERE cp_id = $1`, [cpId]);
    expect(await knock(0, 'wss', { cpId, password })).toBe(401);
    expect(await knock(0, 'ws', { cpId, password })).toBe(101);
    await sqlOf(database).query('UPDATE charge_points SET offered_security_profile = 2 WHERE cp_id = $1', [cpId]);
    expect(await knock(1, 'ws', { cpId, password })).toBe(101);
    expect(await knock(0, 'wss', { cpId, password })).toBe(101);
    expect(await points.find(cpId)).toMatchObject({ securityProfile: 2, offeredSecurityProfile: null });
    expect(await knock(0, 'ws', { cpId, password })).toBe(401);
    await sqlOf(database).query('UPDATE charge_points SET offered_security_profile = 3 WHERE cp_id = $1', [cpId]);
    const certificate = await issue({ cn: cpId, ca });
    expect(await knock(0, 'wss', { cpId, client: certificate })).toBe(101);
    expect(await points.find(cpId)).toMatchObject({ securityProfile: 3, offeredSecurityProfile: null });
    expect(await knock(0, 'wss', { cpId, password })).toBe(401);
  });

  it('let a new password in on every pod at once, whatever its cache holds (TC_073_CSMS)', async () => {
    const cpId = 'ROTATE';
    await points.create({ cpId, passwordHash: await hash('old-password-of-it', 4), securityProfile: 2 });
    await sqlOf(database).query(`UPDATE charge_points SET registration_status = 'Accepted' WHERE cp_id = $1`, [cpId]);
    for (const pod of [0, 1]) expect(await knock(pod, 'wss', { cpId, password: 'old-password-of-it' })).toBe(101);
    const key = Buffer.from('ff00fe01fd02fc03fb04fa05f906f807', 'hex');
    await sqlOf(database).query('UPDATE charge_points SET offered_password_hash = $2 WHERE cp_id = $1', [
      cpId,
      await hash(key.toString('hex'), 4),
    ]);
    expect(await knock(0, 'wss', { cpId, password: key })).toBe(101);
    expect(await points.find(cpId)).toMatchObject({ offeredPasswordHash: null });
    expect(await knock(1, 'wss', { cpId, password: key })).toBe(101);
    expect(await knock(0, 'wss', { cpId, password: 'old-password-of-it' })).toBe(401);
    expect(await knock(0, 'wss', { cpId, password: key.toString('hex') })).toBe(101);
  });

  it('find the certificate of a station by the serial number it reported (TC_087_CSMS)', async () => {
    await points.create({ cpId: 'MUTUAL', securityProfile: 3 });
    const client = await issue({ cn: 'SN-0815', ca });
    expect(await knock(0, 'wss', { cpId: 'MUTUAL', client })).toBe(401);
    await sqlOf(database).query(`UPDATE charge_points SET serial_number = 'SN-0815' WHERE cp_id = 'MUTUAL'`);
    expect(await knock(0, 'wss', { cpId: 'MUTUAL', client })).toBe(101);
  });
});
