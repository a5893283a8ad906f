import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './generated/api.ts';
import { GatewayProblem, problemOf } from './problem.ts';
import type { Command, CommandBody, CommandName, ItemOf, ListParameters, ListPath } from './types.ts';

export interface GatewayOptions {
  /** Such as https://gateway.example.com, without /api/v1. */
  baseUrl: string;
  token: string;
  fetch?: typeof fetch;
}

export interface CommandOptions {
  /** The same key with the same body means the same command, for 24 hours. If absent, each call has a key of its own. */
  idempotencyKey?: string;
  /** How often a request is repeated when the connection breaks, or the gateway lacks a dependency. */
  retries?: number;
  signal?: AbortSignal;
}

const WAIT_S = 30;
const PAUSE_MS = 250;
const UNAVAILABLE = 'urn:ocpp-gw:problem:dependency-unavailable';

type UntypedPage = { items: unknown[]; next_cursor: string | null };

/** The REST API of one gateway. Every error is thrown as a GatewayProblem. */
export class Gateway {
  /** All routes, with the types of the API description. */
  readonly api: Client<paths>;

  constructor({ baseUrl, token, fetch }: GatewayOptions) {
    this.api = createClient<paths>({ baseUrl, fetch, headers: { authorization: `Bearer ${token}` } });
    this.api.use({
      async onResponse({ response }) {
        if (!response.ok) throw await problemOf(response);
      },
    });
  }

  /**
   * Sends a command and waits until it has ended, however often the connection breaks: the charge point gets one CALL.
   * @returns the command, accepted or rejected by the charge point
   * @throws GatewayProblem for every other end
   */
  async command<Name extends CommandName>(
    cpId: string,
    name: Name,
    body: CommandBody<Name>,
    { idempotencyKey = crypto.randomUUID(), retries = 5, signal }: CommandOptions = {},
  ): Promise<Command> {
    const headers = { 'Idempotency-Key': idempotencyKey, Prefer: 'respond-async' };
    const path = '/api/v1/charge-points/{cp_id}/commands/reset' as const;
    const route = path.replace('reset', name) as typeof path;
    const commandId = await repeated(retries, async () => {
      const params = { path: { cp_id: cpId }, header: headers };
      // All commands have the same parameters, and the types of the caller have checked the body.
      const { response } = await this.api.POST(route, { params, body: body as CommandBody<'reset'>, signal });
      return response.headers.get('x-command-id') as string;
    });
    return this.ended(commandId, { retries, signal });
  }

  /** Waits for the end of a command. @throws GatewayProblem when the charge point did not answer it */
  async ended(
    commandId: string,
    { retries = 5, signal }: Omit<CommandOptions, 'idempotencyKey'> = {},
  ): Promise<Command> {
    for (;;) {
      const params = { path: { command_id: commandId }, query: { wait: WAIT_S } };
      const { data } = await repeated(retries, () => this.api.GET('/api/v1/commands/{command_id}', { params, signal }));
      const command = data as Command;
      if (command.problem) throw new GatewayProblem({ ...command.problem, command_id: commandId });
      if (command.ended_at !== null) return command;
    }
  }

  /** All items of a list, page by page. */
  async *list<Path extends ListPath>(path: Path, parameters: ListParameters<Path>): AsyncGenerator<ItemOf<Path>> {
    const get = this.api.GET as unknown as (path: string, init: object) => Promise<{ data: UntypedPage }>;
    const { path: inPath, query } = parameters as { path?: object; query?: object };
    let cursor: string | null = null;
    do {
      const { data }: { data: UntypedPage } = await get(path, {
        params: { path: inPath, query: { ...query, ...(cursor !== null && { cursor }) } },
      });
      yield* data.items as ItemOf<Path>[];
      cursor = data.next_cursor;
    } while (cursor !== null);
  }
}

/** Repeats a request that got no answer, or for which the gateway lacked a dependency. */
async function repeated<T>(retries: number, request: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await request();
    } catch (error) {
      if (attempt > retries || !isWorthRepeating(error)) throw error;
      await new Promise((resume) => setTimeout(resume, PAUSE_MS * attempt));
    }
  }
}

/** fetch throws a TypeError when the connection breaks. A problem that names a command is the end of that command, whoever asks again. */
function isWorthRepeating(error: unknown): boolean {
  return (
    error instanceof TypeError || (error instanceof GatewayProblem && error.type === UNAVAILABLE && !error.commandId)
  );
}
