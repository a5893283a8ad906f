import type { EngineName } from '@ocpp-gw/data-plane';
import type { Fleet } from '../fleet/fleet.ts';
import type { ChaosGateway } from '../gateway/gateway.ts';
import type { WatchedService } from '../gateway/watched-service.ts';
import type { Random } from '../random.ts';
import type { Victim } from './injector.ts';
import type { Target } from './plan.ts';

/** Of the chargers, whose cables are cut at once. */
const CUT_SHARE = 0.3;

/** What each fault does to the gateway and its surroundings. */
export function victimsOf(
  { dataPlane, services, backendProxy, envoy }: ChaosGateway,
  fleet: Fleet,
  random: Random,
): Record<Target, Victim> {
  const engine = (name: EngineName): Victim => ({
    kill: () => dataPlane.kill(name),
    start: () => dataPlane.start(name),
  });
  const draining = (service: WatchedService): Victim => ({ kill: () => service.drain(), start: () => service.start() });
  return {
    ...services,
    'edge-a-drain': draining(services['edge-a']),
    'edge-b-drain': draining(services['edge-b']),
    envoy: { kill: async () => envoy?.stop('SIGKILL'), start: async () => envoy?.launch() },
    postgres: engine('postgres'),
    redis: engine('redis'),
    kafka: engine('kafka'),
    clickhouse: engine('clickhouse'),
    backend: { kill: () => backendProxy.stop(), start: () => backendProxy.listen() },
    chargers: { kill: async () => fleet.cut(CUT_SHARE, random), start: async () => undefined },
  };
}
