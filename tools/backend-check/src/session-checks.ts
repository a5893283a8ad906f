import { randomUUID } from 'node:crypto';
import { BACKEND_CALLS } from '@ocpp-gw/contracts/backend';
import type { BackendClient } from './backend-client.ts';
import { ok, wrong, type Finding } from './finding.ts';

const OPEN = BACKEND_CALLS['session-open'];
const CLOSE = BACKEND_CALLS['session-close'];

/** Sequences of session calls that the gateway makes, besides an open and a close. */
export async function checkSessions(client: BackendClient): Promise<Finding[]> {
  const id = () => ({ transaction_id: `check-${randomUUID()}` });
  const corrected = id();
  const steps: [call: { path: string; example: { data: object } }, change: object, what: string][] = [
    [CLOSE, { ...id(), started_at: null }, 'a close whose open never came (its start was not seen)'],
    [OPEN, corrected, 'an open'],
    [CLOSE, { ...corrected, revision: 2 }, 'a close'],
    [CLOSE, { ...corrected, revision: 3, energy_wh: 850 }, 'a second close with a higher revision (a correction)'],
    [CLOSE, { ...corrected, revision: 2 }, 'a close with a lower revision (a late repetition)'],
    [
      CLOSE,
      { ...id(), unassigned_reason: 'no_transaction_fits', energy_wh: null, energy_reason: 'no_start_register' },
      'a stop that fits no transaction',
    ],
    [
      OPEN,
      { ...id(), id_token: null, id_token_status: null, meter_start_wh: null },
      'an open without token and register',
    ],
  ];
  const findings: Finding[] = [];
  for (const [{ path, example }, change, what] of steps) {
    const reply = await client.post(path, { ...example.data, ...change });
    const status = typeof reply === 'string' ? reply : String(reply.status);
    findings.push(
      typeof reply !== 'string' && reply.status >= 200 && reply.status < 300
        ? ok('sessions', `takes ${what}`)
        : wrong(
            'sessions',
            `${what} was answered ${status}: any other 4xx than 401 to 429 loses the call, 5xx repeats it without end`,
          ),
    );
  }
  return findings;
}
