import { BACKEND_CALLS, type BackendCall } from '@ocpp-gw/contracts/backend';
import { BackendClient } from './backend-client.ts';
import { checkCall } from './call-checks.ts';
import { checkCosts } from './cost-checks.ts';
import type { Finding } from './finding.ts';
import { checkSessions } from './session-checks.ts';

export interface CheckOptions {
  baseUrl: string;
  token: string;
  /** The optional calls that the backend declares; the others may be missing. */
  optional: readonly string[];
}

/** Runs the contract against a backend. It opens and closes sessions of a charge point named BACKEND-CHECK there. */
export async function checkBackend({ baseUrl, token, optional }: CheckOptions): Promise<Finding[]> {
  const client = new BackendClient(baseUrl, token);
  const findings: Finding[] = [];
  for (const [name, call] of Object.entries<BackendCall>(BACKEND_CALLS))
    findings.push(
      ...(await checkCall(name, call, client, call.optional !== undefined && optional.includes(call.optional))),
    );
  const holds = (name: string) => findings.some(({ call, outcome }) => call === name && outcome === 'ok');
  if (holds('session-open') && holds('session-close')) findings.push(...(await checkSessions(client)));
  if (holds('cost')) findings.push(...(await checkCosts(client)));
  return findings;
}

export function reportOf(findings: readonly Finding[]): string {
  const lines = findings.map(({ outcome, call, text }) => `${outcome.padEnd(8)}${call.padEnd(16)}${text}`);
  const wrong = findings.filter(({ outcome }) => outcome === 'wrong').length;
  const end =
    wrong === 0 ? 'The backend keeps the contract.' : `${wrong} of ${findings.length} checks found something wrong.`;
  return `${lines.join('\n')}\n\n${end}\n`;
}
