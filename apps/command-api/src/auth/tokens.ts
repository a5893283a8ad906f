import { createHash, timingSafeEqual } from 'node:crypto';
import { SCOPES, isScope, type Scope } from './scope.ts';

/** The caller of a request: the name of its token, for logs, and the scopes of the token. */
export interface Caller {
  name: string;
  scopes: ReadonlySet<Scope>;
}

interface InboundToken extends Caller {
  digest: Buffer;
}

/** The characters of a bearer token (RFC 6750 section 2.1, b64token). Colon and comma are not among them. */
const BEARER_TOKEN = /^[A-Za-z0-9._~+/-]+=*$/;

/** The configured bearer tokens. Only their digests are kept in memory. */
export class InboundTokens {
  constructor(private readonly tokens: readonly InboundToken[]) {}

  get isEmpty(): boolean {
    return this.tokens.length === 0;
  }

  /** Always compares all digests, which have equal length, so that the time taken reveals nothing about a token. */
  find(presented: string): Caller | undefined {
    const digest = sha256(presented);
    let found: Caller | undefined;
    for (const token of this.tokens) {
      if (timingSafeEqual(token.digest, digest)) found = token;
    }
    return found;
  }
}

export type ParsedTokens = { ok: true; tokens: InboundTokens } | { ok: false; faults: readonly string[] };

/**
 * Reads `EVEYS_OCPP_REST_INBOUND_TOKENS`: comma-separated entries, each either `token`, which may do everything, or
 * `name:scope+scope:token`. Faults name an entry by its position, because its text may hold a secret.
 */
export function parseInboundTokens(text: string): ParsedTokens {
  const faults: string[] = [];
  const tokens: InboundToken[] = [];
  const entries = text.split(',').map((entry) => entry.trim());
  entries.forEach((entry, index) => {
    if (entry === '') return;
    const parsed = parseEntry(entry, index + 1);
    if (typeof parsed === 'string') faults.push(`entry ${index + 1}: ${parsed}`);
    else if (tokens.some((token) => token.digest.equals(parsed.digest)))
      faults.push(`entry ${index + 1}: the same token is listed before; give each name a token of its own`);
    else tokens.push(parsed);
  });
  return faults.length > 0 ? { ok: false, faults } : { ok: true, tokens: new InboundTokens(tokens) };
}

function parseEntry(entry: string, position: number): InboundToken | string {
  const parts = entry.split(':');
  if (parts.length !== 1 && parts.length !== 3) return 'must be "token" or "name:scope+scope:token"';
  const token = parts.at(-1) ?? '';
  if (!BEARER_TOKEN.test(token)) return 'a token is made of letters, digits and - . _ ~ + / with = at the end';
  if (parts.length === 1) return { name: `token-${position}`, scopes: new Set(SCOPES), digest: sha256(token) };
  const [name = '', scopeList = ''] = parts;
  if (!/^[\w.-]{1,64}$/.test(name)) return 'a name is 1 to 64 letters, digits, dots, dashes or underscores';
  const scopes = scopeList.split('+');
  const unknown = scopes.filter((scope) => !isScope(scope));
  if (unknown.length > 0) return `unknown scope ${JSON.stringify(unknown[0])}; scopes are ${SCOPES.join(', ')}`;
  return { name, scopes: new Set(scopes.filter(isScope)), digest: sha256(token) };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
