import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TOPICS } from '@ocpp-gw/contracts';
import { readEvents } from '../events-seen.ts';
import { OutsideCharger, installOutsideCharger } from '../outside-charger.ts';
import { until } from '../until.ts';
import { rest, type Stack } from '../stack.ts';

/** A charger on PyPI's `ocpp` does a session; everybody downstream must see the same one. */
export function outsideChargerSuite(stack: () => Stack): void {
  beforeAll(installOutsideCharger, 180_000);

  describe.each([
    { version: '1.6' as const, cpId: 'PY-16', idToken: 'PYTAG16', samples: 2, edge: 0 as const },
    { version: '2.0.1' as const, cpId: 'PY-201', idToken: 'PYTAG201', samples: 3, edge: 1 as const },
  ])('a session of an outside charger on OCPP $version', ({ version, cpId, idToken, samples, edge }) => {
    let charger: OutsideCharger;
    let transactionId: string;

    beforeAll(async () => {
      charger = new OutsideCharger('charger.py', stack().edgeUrls[edge], cpId, version);
      transactionId = String((await charger.reached('stopped'))['transaction_id']);
    }, 60_000);

    afterAll(() => charger.kill());

    it('is accepted at boot, authorization and start', async () => {
      expect(await charger.reached('boot')).toMatchObject({ status: 'Accepted', interval: expect.any(Number) });
      expect(await charger.reached('authorize')).toMatchObject({ status: 'Accepted' });
      expect(await charger.reached('start')).toMatchObject({ status: 'Accepted' });
    });

    it('is in GET /transactions with its energy', async () => {
      const { status, body } = await rest(stack(), 'GET', `/transactions?cp_id=${cpId}`);
      expect(status).toBe(200);
      expect(body['items']).toEqual([
        expect.objectContaining({
          cp_id: cpId,
          transaction_id: transactionId,
          state: 'ended',
          id_token: idToken,
          energy_wh: 2500,
          meter_start_wh: 1000,
          meter_stop_wh: 3500,
        }),
      ]);
    });

    it('shows its charge point online with what it said at boot', async () => {
      const { body } = await rest(stack(), 'GET', `/charge-points/${cpId}`);
      expect(body).toMatchObject({ cp_id: cpId, vendor: 'PyPI', model: 'Py', protocol: `ocpp${version}` });
      expect(JSON.stringify(body)).toContain(edge === 0 ? 'edge-a' : 'edge-b');
    });

    it('left one ClickHouse row a sampled value', async () => {
      await until('the samples to be in ClickHouse', async () => {
        const result = await stack().clickhouse.query({
          query: `SELECT measurand, value, unit, transaction_id FROM meter_samples FINAL WHERE cp_id = {cpId:String} ORDER BY sampled_at, sample_no`,
          query_params: { cpId },
          format: 'JSONEachRow',
        });
        const rows = await result.json<Record<string, unknown>>();
        expect(rows).toHaveLength(samples);
        expect(rows).toContainEqual(
          expect.objectContaining({ value: 1500, unit: 'Wh', transaction_id: transactionId }),
        );
      });
    });

    it('has its samples in the meter-values route', async () => {
      const { status, body } = await rest(
        stack(),
        'GET',
        `/charge-points/${cpId}/meter-values?transaction_id=${transactionId}`,
      );
      expect(status).toBe(200);
      expect(body['items']).toHaveLength(samples);
    });

    it('reached the backend as one open and one close', async () => {
      await until('the backend to know the session', async () => {
        const paths = stack()
          .backend.requests()
          .filter((request) => request.cp_id === cpId && request.path.includes('/sessions/'))
          .map((request) => request.path);
        expect(paths).toEqual(['/api/eveys/sessions/open', '/api/eveys/sessions/close']);
      });
    });

    it('reached the webhook receiver, signed, in order', async () => {
      await until('the webhooks', async () => {
        const types = stack()
          .backend.webhooks()
          .filter(
            (webhook) => webhook.cp_id === cpId && webhook.type?.startsWith('tx.') && webhook.type !== 'tx.updated',
          )
          .map((webhook) => webhook.type);
        expect(types).toEqual(['tx.started', 'tx.ended']);
      });
    });

    it('is on the Kafka topics in decodable envelopes keyed by cp_id', async () => {
      const mine = (seen: readonly { key: string }[]): number => seen.filter((one) => one.key === cpId).length;
      const topics = [TOPICS.boot, TOPICS.status, TOPICS.meter, TOPICS.transactionStarted, TOPICS.transactionEnded];
      const seen = await readEvents(
        stack().dataPlane.kafkaBrokers,
        topics,
        (all) => mine(all) >= 5 && topics.every((topic) => all.some((one) => one.topic === topic && one.key === cpId)),
      );
      for (const one of seen.filter(({ key }) => key === cpId)) {
        expect(one.event.type).toBe(one.topic);
        expect(one.event.cpId).toBe(cpId);
        expect(one.event.protocol).toBe(`ocpp${version}`);
      }
    });

    it('accepts a remote start through REST', async () => {
      const answer = await rest(stack(), 'POST', `/charge-points/${cpId}/commands/remote-start`, {
        id_token: idToken,
        evse_id: 1,
      });
      expect(answer).toMatchObject({ status: 200, body: { status: 'Accepted' } });
      expect(await charger.exit()).toBe(0);
    });
  });
}
