{{/*
What the trial's engines differ in. Each image runs without root as its own user. Where scratch is given, nothing but these folders and the
data is written; the start scripts of the others write beside their configuration.
*/}}
{{- define "trial.engines" -}}
postgres:
  port: 5432
  user: 70
  path: /var/lib/postgresql
  env:
    - { name: POSTGRES_USER, value: ocpp }
    - { name: POSTGRES_PASSWORD, value: trial }
    - { name: POSTGRES_DB, value: ocpp }
  scratch: [/tmp, /var/run/postgresql]
  ready:
    exec:
      command: [pg_isready, -U, ocpp]
redis:
  port: 6379
  user: 999
  path: /data
  args: [redis-server, --save, '', --appendonly, 'no']
  scratch: [/tmp]
  ready:
    exec:
      command: [redis-cli, ping]
kafka:
  port: 9092
  user: 1000
  path: /var/lib/kafka
  env:
    - { name: CLUSTER_ID, value: b2NwcC1nYXRld2F5LXRyYQ }
    - { name: KAFKA_NODE_ID, value: '1' }
    - { name: KAFKA_PROCESS_ROLES, value: 'broker,controller' }
    - { name: KAFKA_LISTENERS, value: 'PLAINTEXT://:9092,CONTROLLER://:9093' }
    - { name: KAFKA_ADVERTISED_LISTENERS, value: 'PLAINTEXT://{{ .Release.Name }}-trial-kafka:9092' }
    - { name: KAFKA_LISTENER_SECURITY_PROTOCOL_MAP, value: 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT' }
    - { name: KAFKA_CONTROLLER_LISTENER_NAMES, value: CONTROLLER }
    - { name: KAFKA_CONTROLLER_QUORUM_VOTERS, value: '1@localhost:9093' }
    - { name: KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR, value: '1' }
    - { name: KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR, value: '1' }
    - { name: KAFKA_TRANSACTION_STATE_LOG_MIN_ISR, value: '1' }
    - { name: KAFKA_AUTO_CREATE_TOPICS_ENABLE, value: 'false' }
    - { name: KAFKA_LOG_DIRS, value: /var/lib/kafka/data }
    - { name: KAFKA_HEAP_OPTS, value: '-Xmx512m -Xms512m' }
  ready:
    exec:
      command: [/opt/kafka/bin/kafka-cluster.sh, cluster-id, --bootstrap-server, 'localhost:9092']
clickhouse:
  port: 8123
  user: 101
  path: /var/lib/clickhouse
  env:
    - { name: CLICKHOUSE_USER, value: ocpp }
    - { name: CLICKHOUSE_PASSWORD, value: trial }
    - { name: CLICKHOUSE_DEFAULT_ACCESS_MANAGEMENT, value: '1' }
  ready:
    httpGet:
      path: /ping
      port: clickhouse
{{- end -}}

{{/* dict "root" . "engine" "postgres" */}}
{{- define "trial.labels" -}}
app.kubernetes.io/name: {{ .engine }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: trial-engine
{{- end -}}
