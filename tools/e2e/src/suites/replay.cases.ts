import { beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { misbehavioursOf, startCharger } from '@ocpp-gw/charger-sim';
import { recorded } from '../recorded.ts';
import { runSimulator } from '../simulator.ts';
import { rest, TOKEN, type Stack } from '../stack.ts';
import { until } from '../until.ts';

interface Found {
  differences: { kind: string; about: string; at: string; recorded: unknown; now: unknown }[];
  gatewayCalls: { came: number; sentAgain: number };
  notReplayed: unknown[];
  rows: number;
}

/** The last thing that a recorded charge point says. */
const LAST = 'RECORDING-ENDS';

/** A recorded session, replayed against the same gateway under other identities. */
export function replaySuite(stack: () => Stack): void {
  describe.each(['1.6', '2.0.1'] as const)('a recorded session of OCPP %s', (protocol) => {
    const cpId = `REPLAY-${protocol}`;
    let recording: string;

    beforeAll(async () => {
      await recorded(stack(), [cpId]);
      await session();
      recording = await until('the export to be whole', async () => {
        const { body } = await rest(stack(), 'GET', `/charge-points/${cpId}/messages/export`);
        const text = String(body['text']);
        expect(text).toContain(LAST);
        return text;
      });
    }, 90_000);

    /** One that the gateway starts and stops by command; with ids as no charge point should have them, which are sent again as they were. */
    async function session(): Promise<void> {
      const charger = await startCharger({
        ...{ url: stack().edgeUrls[0], id: cpId, protocol, meterIntervalMs: 300 },
        misbehaviours: misbehavioursOf(['numeric-message-id']),
      });
      const started = await rest(stack(), 'POST', `/charge-points/${cpId}/commands/remote-start`, {
        ...{ id_token: 'REPLAY-TAG', evse_id: 1 },
      });
      expect(started.body).toMatchObject({ status: 'Accepted' });
      await until('readings', async () => {
        const [row] = await rows(cpId);
        expect(row?.['energy_wh']).toBeGreaterThan(0);
      });
      const [running] = await rows(cpId);
      const transaction_id = running?.['transaction_id'];
      await rest(stack(), 'POST', `/charge-points/${cpId}/commands/remote-stop`, { transaction_id });
      await until('the end', async () => expect(await rows(cpId)).toMatchObject([{ state: 'ended' }]));
      await until('the connector to be free', async () => expect(charger.status(1)).toBe('Available'));
      await charger.call('DataTransfer', { vendorId: LAST });
      await charger.close();
    }

    it('is answered as before, with rows as the recording implies, and its commands are sent again', async () => {
      const { code, found } = await replayed(recording, `${cpId}-AGAIN`);
      expect(found).toMatchObject({
        differences: [],
        notReplayed: [],
        rows: 1,
        gatewayCalls: { came: 2, sentAgain: 2 },
      });
      expect(code).toBe(0);
      const [was] = await rows(cpId);
      const { energy_wh, stop_reason, started_at } = was ?? {};
      expect(await rows(`${cpId}-AGAIN`)).toMatchObject([{ energy_wh, stop_reason, started_at, state: 'ended' }]);
    }, 60_000);

    it('differs at the place where an answer was altered', async () => {
      const altered = recording
        .split('\n')
        .map((line) => (isAnswerWithToken(line) ? line.replaceAll('Accepted', 'Blocked') : line))
        .join('\n');
      const { code, found } = await replayed(altered, `${cpId}-ANSWER`);
      const at = protocol === '1.6' ? 'idTagInfo.status' : 'idTokenInfo.status';
      expect(found.differences).toContainEqual(
        expect.objectContaining({ kind: 'answer', at, recorded: 'Blocked', now: 'Accepted' }),
      );
      expect(new Set(found.differences.map((each) => each.at))).toEqual(new Set([at]));
      expect(code).toBe(1);
    }, 60_000);

    it('differs in its row where the gateway has another reading', async () => {
      const altered = recording.split('\n').map(withLowerEnd).join('\n');
      expect(altered).not.toBe(recording);
      // The gateway knows the session of this identity, with its true register.
      const { code, found } = await replayed(altered, cpId);
      expect(found.differences).toContainEqual(expect.objectContaining({ kind: 'row', at: 'energy_wh' }));
      expect(code).toBe(1);
    }, 60_000);
  });

  async function rows(cpId: string): Promise<Record<string, unknown>[]> {
    const { body } = await rest(stack(), 'GET', `/transactions?cp_id=${cpId}`);
    return body['items'] as Record<string, unknown>[];
  }

  async function replayed(recording: string, cpId: string): Promise<{ code: number; found: Found }> {
    const file = join(await mkdtemp(join(tmpdir(), 'replay-')), 'recording.jsonl');
    await writeFile(file, recording);
    const { code, stdout, stderr } = await runSimulator([
      ...['--replay', file, '--cp-id', cpId, '--url', stack().edgeUrls[0], '--json'],
      ...['--gateway', stack().rest, '--token', TOKEN],
    ]);
    expect(stderr).toBe('');
    return { code, found: JSON.parse(stdout) as Found };
  }
}

function isAnswerWithToken(line: string): boolean {
  return /"direction":"csms-to-cp","messageType":"CALLRESULT"/.test(line) && /idT(ag|oken)Info/.test(line);
}

/** The end of a session with a register that is 1 Wh lower. */
function withLowerEnd(line: string): string {
  if (!/"action":"(StopTransaction|TransactionEvent)","payload":\{.*("meterStop"|"eventType":"Ended")/.test(line))
    return line;
  const record = JSON.parse(line) as { raw: string };
  const raw = record.raw
    .replace(/("meterStop":)(\d+)/, (_, name: string, wh: string) => `${name}${Number(wh) - 1}`)
    .replace(/("value":)(\d+)(?=[^[]*Register)/, (_, name: string, wh: string) => `${name}${Number(wh) - 1}`);
  return JSON.stringify({ ...record, raw });
}
