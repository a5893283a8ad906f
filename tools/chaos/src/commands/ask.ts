import { saying, type Ask, type End } from './facts.ts';

export const TIMEOUT_S = 5;

export interface Request {
  /** http://host:port/api/v1 of each command-api. */
  urls: readonly string[];
  token: string;
  cpId: string;
  marker: string;
  keyed: boolean;
  /** How long after its deadline a command may end. */
  marginMs: number;
}

interface Body {
  type?: unknown;
  command_id?: string;
  status?: unknown;
  data?: unknown;
}

/** Asks a command-api for the command once. Never rejects. */
export async function ask(request: Request, api: number): Promise<Ask> {
  const from = performance.now();
  const end = await endOf(request, api);
  return { api, from, to: performance.now(), end };
}

async function endOf({ urls, token, cpId, marker, keyed, marginMs }: Request, api: number): Promise<End> {
  try {
    const answer = await fetch(`${urls[api]}/charge-points/${cpId}/commands/data-transfer`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...(keyed && { 'Idempotency-Key': marker }),
      },
      body: JSON.stringify({ vendor_id: 'chaos', data: marker, timeout_s: TIMEOUT_S }),
      signal: AbortSignal.timeout(TIMEOUT_S * 1000 + marginMs),
    });
    const body = (await answer.json()) as Body;
    const named = body.command_id === undefined ? {} : { commandId: body.command_id };
    const { status } = answer;
    if (answer.ok) return { kind: 'answer', status, explicit: true, says: saying(body), ...named };
    const explicit = /^application\/problem\+json/.test(answer.headers.get('content-type') ?? '');
    return { kind: 'answer', status, explicit, problem: String(body.type).split(':').at(-1) ?? '', ...named };
  } catch (error) {
    const { name, message, cause } = error as Error;
    if (name === 'TimeoutError') return { kind: 'silence' };
    return { kind: 'broken', reason: `${message}: ${String(cause)}` };
  }
}
