import { Gauge, type Registry } from 'prom-client';

/** As the pool of Postgres counts its connections. */
export interface PoolLoad {
  /** Connections that may be open at once. */
  size: number;
  busy: number;
  idle: number;
  /** Statements and transactions that wait for a connection. */
  waiting: number;
}

/** How full the pool is; asked for at each scrape. */
export function watchPool(registry: Registry, load: () => PoolLoad): void {
  const registers = [registry];
  new Gauge({
    name: 'eveys_ocpp_postgres_connections',
    help: 'Connections to Postgres that are open, by state: busy or idle',
    labelNames: ['state'],
    registers,
    collect() {
      const { busy, idle } = load();
      this.set({ state: 'busy' }, busy);
      this.set({ state: 'idle' }, idle);
    },
  });
  new Gauge({
    name: 'eveys_ocpp_postgres_connections_max',
    help: 'Connections to Postgres that may be open at once',
    registers,
    collect() {
      this.set(load().size);
    },
  });
  new Gauge({
    name: 'eveys_ocpp_postgres_waiting',
    help: 'Statements and transactions that wait for a connection to Postgres',
    registers,
    collect() {
      this.set(load().waiting);
    },
  });
}
