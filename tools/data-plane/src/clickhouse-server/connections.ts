/** Engine connections: one an HTTP request, so that no setting of one leaks into another; one a session, kept. */
import { Session } from 'chdb';

import { serverException } from './exception.ts';
import type { QueryRequest } from './query-request.ts';
import type { ConnectionLender } from './query-runner.ts';

/**
 * Over HTTP a parameter's value is no part of the query's text; here it is set by a statement, which must not run
 * into the limit on the text's length. That limit can only be moved when a connection is made.
 */
const LONG_PARAMETER = 100_000;
const UNLIMITED = ['--max_query_size=1073741824'];

interface KeptSession {
  readonly connection: Session;
  busy: boolean;
  expiry?: NodeJS.Timeout;
}

export class Connections implements ConnectionLender {
  readonly #path: string;
  readonly #sessions = new Map<string, KeptSession>();
  /** The engine unloads its data folder with its last connection: this one keeps it loaded. */
  readonly #anchor: Session;

  constructor(path: string) {
    this.#path = path;
    this.#anchor = new Session(path);
  }

  async use<T>(request: QueryRequest, work: (connection: Session) => Promise<T>): Promise<T> {
    if (request.sessionId !== undefined) return this.#useSession(request.sessionId, request, work);
    const connection = this.#connect(request);
    try {
      return await work(connection);
    } finally {
      connection.close();
    }
  }

  #connect({ parameters }: QueryRequest): Session {
    const long = [...parameters.values()].some((value) => value.length > LONG_PARAMETER);
    return new Session(this.#path, long ? { connectionArgs: UNLIMITED } : {});
  }

  async #useSession<T>(id: string, request: QueryRequest, work: (connection: Session) => Promise<T>): Promise<T> {
    const session: KeptSession = this.#sessions.get(id) ?? { connection: this.#connect(request), busy: false };
    if (session.busy) throw serverException(373, 'SESSION_IS_LOCKED', `Session ${id} is locked by a concurrent client`);
    this.#sessions.set(id, session);
    clearTimeout(session.expiry);
    session.busy = true;
    try {
      return await work(session.connection);
    } finally {
      session.busy = false;
      session.expiry = setTimeout(() => this.#expire(id, session), request.sessionTimeoutS * 1000).unref();
    }
  }

  #expire(id: string, session: KeptSession): void {
    this.#sessions.delete(id);
    session.connection.close();
  }

  close(): void {
    for (const [id, session] of this.#sessions) this.#expire(id, session);
    this.#anchor.close();
  }
}
