import type { Logger } from '@ocpp-gw/service-kit';
import type { Redis } from 'ioredis';
import type { Config } from '../config.ts';
import { DataTransfers } from '../data-transfer/data-transfers.ts';
import type { EdgeMetrics } from '../metrics.ts';
import { Authorizer } from './authorizer.ts';
import { BackendClient } from './backend-client.ts';
import { ChargingNeeds } from './charging-needs.ts';
import { Costs } from './costs.ts';
import { EvCertificates } from './ev-certificates.ts';
import type { OptionalCall } from './optional-calls.ts';
import { RedisAuthorizeCache } from './redis-authorize-cache.ts';
import { Registrar } from './registrar.ts';

/** The operator's backend as ws-edge uses it. `client` is null when no backend is configured. */
export class Backend {
  readonly client: BackendClient | null;
  readonly authorizer: Authorizer;
  readonly registrar: Registrar;
  readonly dataTransfers: DataTransfers;
  readonly costs: Costs;
  readonly chargingNeeds: ChargingNeeds;
  readonly evCertificates: EvCertificates;

  constructor(config: Config, redis: Redis, metrics: EdgeMetrics, logger: Logger) {
    this.client = createClient(config, metrics);
    this.authorizer = new Authorizer(
      this.client,
      new RedisAuthorizeCache(redis),
      {
        fallback: config.EVEYS_OCPP_BACKEND_AUTHORIZE_FALLBACK,
        acceptedTtlMs: config.EVEYS_OCPP_BACKEND_AUTHORIZE_CACHE_S * 1000,
        refusedTtlMs: config.EVEYS_OCPP_BACKEND_AUTHORIZE_REFUSAL_CACHE_S * 1000,
      },
      logger,
    );
    this.registrar = new Registrar(this.client, config.EVEYS_OCPP_WS_HEARTBEAT_INTERVAL_S, logger, () =>
      metrics.bootsUndecided.inc(),
    );
    this.dataTransfers = new DataTransfers(this.client, config.EVEYS_OCPP_DATA_TRANSFERS, logger);
    const declared = (call: OptionalCall): BackendClient | null =>
      config.EVEYS_OCPP_BACKEND_OPTIONAL_CALLS.includes(call) ? this.client : null;
    this.costs = new Costs(declared('cost'), config.EVEYS_OCPP_BACKEND_COST_TIMEOUT_S * 1000, logger);
    this.chargingNeeds = new ChargingNeeds(declared('charging-needs'), logger);
    this.evCertificates = new EvCertificates(declared('ev-certificate'), logger);
  }

  async stop(): Promise<void> {
    await this.client?.stop();
  }
}

function createClient(config: Config, metrics: EdgeMetrics): BackendClient | null {
  if (config.EVEYS_OCPP_BACKEND_BASE_URL === undefined) return null;
  return new BackendClient({
    baseUrl: config.EVEYS_OCPP_BACKEND_BASE_URL,
    token: config.EVEYS_OCPP_BACKEND_TOKEN,
    attemptTimeoutMs: config.EVEYS_OCPP_BACKEND_ATTEMPT_TIMEOUT_S * 1000,
    deadlineMs: config.EVEYS_OCPP_BACKEND_DEADLINE_S * 1000,
    retries: config.EVEYS_OCPP_BACKEND_RETRIES,
    connections: config.EVEYS_OCPP_BACKEND_CONNECTIONS,
    breaker: {
      threshold: config.EVEYS_OCPP_BACKEND_BREAKER_FAILURES,
      cooldownMs: config.EVEYS_OCPP_BACKEND_BREAKER_COOLDOWN_S * 1000,
    },
    observe: (path, outcome, seconds) => metrics.backendCalls.observe({ path, outcome }, seconds),
  });
}
