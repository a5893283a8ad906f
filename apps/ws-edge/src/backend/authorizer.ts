import { BACKEND_PATHS, authorizeAnswer, type authorizeData } from '@ocpp-gw/contracts/backend';
import type { Authorization, AuthorizationStatus, IdToken } from '@ocpp-gw/ocpp-j';
import type { Logger } from '@ocpp-gw/service-kit';
import type { z } from 'zod';
import type { AskBackend } from './backend-client.ts';
import { present } from './present.ts';

type AuthorizeAnswer = z.infer<typeof authorizeAnswer>;

/** Answers that are valid only for one place or moment and are therefore not cached, like those that name EVSEs. */
const NEVER_CACHED: ReadonlySet<AuthorizationStatus> = new Set<AuthorizationStatus>([
  'ConcurrentTx',
  'NotAllowedTypeEVSE',
  'NotAtThisLocation',
  'NotAtThisTime',
]);

/** A cache of texts by id token and type, with a lifetime. It may reject, because it is only a shortcut. */
export interface AuthorizeCache {
  get(token: IdToken): Promise<string | null>;
  set(token: IdToken, text: string, ttlMs: number): Promise<void>;
}

export interface AuthorizerOptions {
  fallback: 'reject' | 'accept_offline';
  acceptedTtlMs: number;
  refusedTtlMs: number;
}

/** Authorizes an id token by the cache, then the backend, then the configured fallback. Never rejects. */
export class Authorizer {
  constructor(
    private readonly backend: AskBackend | null,
    private readonly cache: AuthorizeCache,
    private readonly options: AuthorizerOptions,
    private readonly logger: Logger,
  ) {}

  async authorize(cpId: string, token: IdToken, now: Date): Promise<Authorization> {
    if (!this.backend) return this.fallback();
    const cached = await this.fromCache(token);
    if (cached) return toAuthorization(cached, now);
    const data: z.infer<typeof authorizeData> = {
      id_token: token.idToken,
      ...(token.type === undefined ? {} : { id_token_type: token.type }),
    };
    try {
      const answer = await this.backend.ask(BACKEND_PATHS.authorize, cpId, data, authorizeAnswer);
      await this.remember(token, answer, now);
      return toAuthorization(answer, now);
    } catch (err) {
      this.logger.warn('backend did not authorize, using the fallback', { cpId, fallback: this.options.fallback, err });
      return this.fallback();
    }
  }

  private fallback(): Authorization {
    return { status: this.options.fallback === 'accept_offline' ? 'Accepted' : 'Invalid' };
  }

  private async fromCache(token: IdToken): Promise<AuthorizeAnswer | null> {
    try {
      const text = await this.cache.get(token);
      return text === null ? null : authorizeAnswer.parse(JSON.parse(text));
    } catch {
      return null;
    }
  }

  private async remember(token: IdToken, answer: AuthorizeAnswer, now: Date): Promise<void> {
    if (NEVER_CACHED.has(answer.status) || answer.evse_ids) return;
    const usualMs = answer.status === 'Accepted' ? this.options.acceptedTtlMs : this.options.refusedTtlMs;
    const ttlMs = typeof answer.ttl_s === 'number' ? answer.ttl_s * 1000 : usualMs;
    const untilExpiry = answer.expires_at ? Date.parse(answer.expires_at) - now.getTime() : Infinity;
    // An expired answer is not kept.
    if (Math.min(ttlMs, untilExpiry) <= 0) return;
    try {
      await this.cache.set(token, JSON.stringify(answer), Math.ceil(Math.min(ttlMs, untilExpiry)));
    } catch {
      // Redis is away: the next authorize asks the backend again.
    }
  }
}

function toAuthorization(answer: AuthorizeAnswer, now: Date): Authorization {
  const { group_id_token: group, personal_message: message } = answer;
  const expiresAt = answer.expires_at ? new Date(answer.expires_at) : undefined;
  const expired = answer.status === 'Accepted' && expiresAt !== undefined && expiresAt <= now;
  return {
    status: expired ? 'Expired' : answer.status,
    ...(expiresAt && { expiresAt }),
    ...(group ? { group: { idToken: group.id_token, ...(group.type ? { type: group.type } : {}) } } : {}),
    ...present({
      chargingPriority: answer.charging_priority,
      evseIds: answer.evse_ids,
      language: answer.language,
      personalMessage: message && { ...message, language: message.language ?? undefined },
    }),
  };
}
