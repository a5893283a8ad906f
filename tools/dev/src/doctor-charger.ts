import { knownToken } from './access-token.ts';
import { findInstance } from './instance.ts';
import { devServices } from './services.ts';

interface Diagnosis {
  cp_id: string;
  summary: string;
  checks: { name: string; state: 'ok' | 'problem' | 'unknown'; says: string; to_do: string | null }[];
}

const SIGN = { ok: 'ok     ', problem: 'PROBLEM', unknown: 'unknown' };

/**
 * Prints why a charge point cannot connect or is not Accepted, as REST says it.
 * @returns false where there is a problem, or no answer
 */
export async function doctorCharger(cpId: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const token = env['TOKEN'] ?? knownToken(env);
  const base = env['GATEWAY'] ?? findInstance()?.addresses.rest ?? devServices('', {}, env).addresses.rest;
  if (!cpId) throw new Error('name the charge point: make doctor-charger CP_ID=CP1');
  if (!token)
    throw new Error('no token: run `make up`, or set TOKEN (and GATEWAY=https://…/api/v1 of another gateway)');
  const answer = await fetch(`${base}/charge-points/${encodeURIComponent(cpId)}/diagnosis`, {
    headers: { authorization: `Bearer ${token}` },
  }).catch((cause: unknown) => {
    throw new Error(`no answer from ${base}: is the gateway up? GATEWAY=https://…/api/v1 names another`, { cause });
  });
  if (!answer.ok) throw new Error(`${answer.status} from ${answer.url}: ${await answer.text()}`);
  const diagnosis = (await answer.json()) as Diagnosis;
  console.log(textOf(diagnosis));
  return diagnosis.checks.every(({ state }) => state !== 'problem');
}

/** The diagnosis as people read it. */
export function textOf({ cp_id: cpId, summary, checks }: Diagnosis): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.flatMap(({ name, state, says, to_do: toDo }) => [
    `${SIGN[state]}  ${name.padEnd(width)}  ${says}`,
    ...(toDo === null ? [] : [`${' '.repeat(width + 11)}-> ${toDo}`]),
  ]);
  return `${cpId}: ${summary}\n\n${lines.join('\n')}`;
}
