import type { Provider } from '@nestjs/common';
import { Circumstances, Messages } from '@ocpp-gw/clickhouse';
import { ChargePoints, Findings, Leadership, Transactions, type Database } from '@ocpp-gw/persistence';
import { ReconnectLoops, RefusedHandshakes } from '@ocpp-gw/redis';
import { LOGGER, type Logger } from '@ocpp-gw/service-kit';
import { DATABASE } from '../backing-services.ts';
import type { Config } from '../config.ts';
import { METRICS, type Metrics } from '../metrics.ts';
import { FleetFindings } from './fleet-findings.ts';

export function fleetFindings(config: Config): Provider {
  return {
    provide: FleetFindings,
    inject: [
      ...[DATABASE, Findings, ChargePoints, Messages, Circumstances, Transactions, RefusedHandshakes, ReconnectLoops],
      ...[METRICS, LOGGER],
    ],
    useFactory: (
      database: Database,
      findings: Findings,
      chargePoints: ChargePoints,
      messages: Messages,
      circumstances: Circumstances,
      transactions: Transactions,
      refused: RefusedHandshakes,
      loops: ReconnectLoops,
      metrics: Metrics,
      logger: Logger,
    ) =>
      new FleetFindings({
        ...{ findings, chargePoints, messages, circumstances, transactions, refused, loops, logger },
        leadership: new Leadership(database),
        metrics: metrics.findings,
        pod: config.EVEYS_OCPP_POD_NAME,
        intervalMs: config.EVEYS_OCPP_FINDINGS_INTERVAL_S * 1000,
        windowMs: config.EVEYS_OCPP_FINDINGS_WINDOW_MIN * 60_000,
      }),
  };
}
