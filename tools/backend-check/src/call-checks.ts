import { randomUUID } from 'node:crypto';
import type { BackendCall } from '@ocpp-gw/contracts/backend';
import { ATTEMPT_TIMEOUT_MS, type BackendClient, type Reply, type Sending } from './backend-client.ts';
import { ok, skipped, wrong, type Finding } from './finding.ts';

const is2xx = ({ status }: Reply): boolean => status >= 200 && status < 300;

/** What every call of the contract has to hold. */
export async function checkCall(
  name: string,
  call: BackendCall,
  client: BackendClient,
  isDeclared: boolean,
): Promise<Finding[]> {
  const data = fresh(call.example.data);
  const key = randomUUID();
  const send = (sending: Sending = {}) => client.post(call.path, data, sending);
  const first = await send({ key });
  if (typeof first === 'string') return [wrong(name, `POST ${call.path}: ${first}`)];
  if (call.optional !== undefined && !isDeclared && (first.status === 404 || first.status === 405))
    return [
      skipped(name, `not implemented; that is fine unless EVEYS_OCPP_BACKEND_OPTIONAL_CALLS names "${call.optional}"`),
    ];
  const findings = [answered(name, call, first)];
  if (findings.some(({ outcome }) => outcome === 'wrong')) return findings;
  return [
    ...findings,
    repeated(name, call, first, await send({ key })),
    grown(name, await client.post(call.path, { ...data, a_later_field: true }, { extra: { a_later_field: true } })),
    refusesStrangers(name, await send({ token: `not-${randomUUID()}` })),
  ];
}

/** Ids that no earlier run has used. */
function fresh(data: object): object {
  return 'transaction_id' in data ? { ...data, transaction_id: `check-${randomUUID()}` } : data;
}

function answered(name: string, { path, answer }: BackendCall, reply: Reply): Finding {
  if (!is2xx(reply))
    return wrong(name, `POST ${path} with a good request was answered ${statusOf(reply)}${hintOf(reply)}`);
  const took = `in ${Math.round(reply.ms)} ms`;
  if (!answer) return ok(name, `answered ${reply.status} ${took}; the body is ignored`);
  if (reply.json === undefined)
    return wrong(name, `the answer must be JSON, and is ${JSON.stringify(reply.text.slice(0, 80))}`);
  const faults = faultsOf(answer, reply.json);
  if (faults.length > 0) return wrong(name, `the answer breaks the contract: ${faults.join('; ')}`);
  return ok(name, `answered as the contract says, ${took} of the ${ATTEMPT_TIMEOUT_MS / 1000} s there are`);
}

export function faultsOf(answer: NonNullable<BackendCall['answer']>, json: unknown): string[] {
  const parsed = answer.safeParse(json);
  if (parsed.success) return [];
  return parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `"${path.map(String).join('.')}" is wrong: ${message}`,
  );
}

/** Where the body counts, a repetition has to be answered the same; elsewhere it must succeed again. */
function repeated(name: string, { answer }: BackendCall, first: Reply, again: Reply | string): Finding {
  const rule = 'the gateway repeats a call whose answer it did not get, with the same Idempotency-Key';
  if (typeof again === 'string')
    return wrong(name, `the second request with one Idempotency-Key failed: ${again}; ${rule}`);
  if (!is2xx(again))
    return wrong(name, `the second request with one Idempotency-Key was answered ${statusOf(again)}; ${rule}`);
  if (answer && JSON.stringify(first.json) !== JSON.stringify(again.json))
    return wrong(name, `two requests with one Idempotency-Key were answered differently; ${rule}`);
  return ok(name, 'the same Idempotency-Key gets the same answer');
}

function grown(name: string, reply: Reply | string): Finding {
  if (typeof reply === 'string' || !is2xx(reply))
    return wrong(
      name,
      `a field that the contract does not have yet was answered ${typeof reply === 'string' ? reply : statusOf(reply)}: ignore fields ` +
        'that you do not know, because later releases add some',
    );
  return ok(name, 'ignores fields that it does not know');
}

function refusesStrangers(name: string, reply: Reply | string): Finding {
  if (typeof reply === 'string') return wrong(name, `a wrong token got no answer: ${reply}`);
  if (is2xx(reply))
    return wrong(name, 'takes a wrong bearer token: whoever reaches it can open and close sessions. Answer 401');
  if (reply.status >= 500)
    return wrong(name, `answered ${reply.status} to a wrong token: answer 401, so that the cause can be seen`);
  return ok(name, `refuses a wrong token with ${reply.status}`);
}

function statusOf({ status }: Reply): string {
  return String(status);
}

function hintOf({ status, text }: Reply): string {
  if (status === 401 || status === 403) return ': is TOKEN right?';
  if (status === 404) return ': there is no such route below BASE_URL';
  if (status >= 300 && status < 400) return ': redirects are not followed';
  return `: ${JSON.stringify(text.slice(0, 120))}`;
}
