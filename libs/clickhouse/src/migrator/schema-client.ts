import type { ClickHouseClient } from '@clickhouse/client';
import { onCluster, type Cluster } from '../cluster/on-cluster.ts';

/** Runs what makes the schema, on every server where there is a cluster. */
export class SchemaClient {
  readonly #client: ClickHouseClient;
  readonly #cluster: Cluster | undefined;

  constructor(client: ClickHouseClient, cluster: Cluster | undefined) {
    this.#client = client;
    this.#cluster = cluster;
  }

  async command(statement: string, params: Record<string, unknown> = {}): Promise<void> {
    await this.#client.command({ query: onCluster(statement, this.#cluster), query_params: params });
  }

  async rows<T>(query: string): Promise<T[]> {
    return (await this.#client.query({ query, format: 'JSONEachRow' })).json<T>();
  }

  /** The one number that the query answers; 0 when it answers nothing. */
  async number(query: string): Promise<number> {
    const result = await this.#client.query({ query, format: 'JSONCompactEachRow' });
    const [row] = await result.json<[unknown]>();
    return Number(row?.[0] ?? 0);
  }

  async insert(table: string, row: object): Promise<void> {
    await this.#client.insert({ table, values: [row], format: 'JSONEachRow' });
  }
}
