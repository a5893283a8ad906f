/** A cluster of ClickHouse servers, as its settings name it. */
export interface Cluster {
  /** Name in `remote_servers`, or a macro such as `{cluster}`. */
  name: string;
  /** Path of a table in Keeper, with macros. */
  replicaPath: string;
}

/** Each server has the macro. */
const REPLICA = '{replica}';

/** A name, which may be in braces when a client puts it in. */
const NAME = String.raw`(?:\w+|\{\w+:Identifier\})`;

/** Statements after whose first name the cluster is said. */
const AFTER_NAME = new RegExp(
  String.raw`^(CREATE (?:TABLE|DATABASE|MATERIALIZED VIEW)(?: IF NOT EXISTS)?|CREATE OR REPLACE VIEW|DROP (?:TABLE|VIEW) IF EXISTS|TRUNCATE TABLE IF EXISTS|ALTER TABLE|CREATE (?:ROLE|QUOTA|SETTINGS PROFILE|ROW POLICY) IF NOT EXISTS) (${NAME})`,
);

/** A grant says the cluster before its rights. */
const GRANT = /^GRANT /;

/** Statements at whose end the cluster is said. */
const AT_END = /^(EXCHANGE TABLES|RENAME TABLE) .*$/s;

const ENGINE = /^ENGINE = (\w*MergeTree)(?:\((.*)\))?(?=\s|$)/m;

/**
 * The statement as a cluster needs it: run on every server, tables with replicas, and the window of repeated inserts that
 * replicas have in common. Statements that concern rows stay as they are: the replicas pass rows on. Without a cluster the
 * statement itself.
 */
export function onCluster(statement: string, cluster: Cluster | undefined): string {
  if (!cluster) return statement;
  const comments = /^(?:--.*\n)*/.exec(statement)?.[0] ?? '';
  const sql = statement.slice(comments.length);
  const on = ` ON CLUSTER '${cluster.name}'`;
  if (AT_END.test(sql)) return `${comments}${sql}${on}`;
  if (GRANT.test(sql)) return `${comments}${sql.replace(GRANT, `GRANT${on} `)}`;
  if (!AFTER_NAME.test(sql)) return statement;
  const everywhere = sql.replace(AFTER_NAME, (_, how: string, name: string) => `${how} ${name}${on}`);
  return comments + (/^CREATE TABLE/.test(sql) ? replicated(everywhere, cluster) : everywhere);
}

function replicated(sql: string, { replicaPath }: Cluster): string {
  return sql
    .replace(ENGINE, (_, engine: string, parameters?: string) => {
      const all = [`'${replicaPath}'`, `'${REPLICA}'`, ...(parameters ? [parameters] : [])];
      return `ENGINE = Replicated${engine}(${all.join(', ')})`;
    })
    .replace('non_replicated_deduplication_window', 'replicated_deduplication_window');
}
