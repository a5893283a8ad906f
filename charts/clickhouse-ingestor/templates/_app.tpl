{{- define "clickhouse-ingestor.settings" -}}
{}
{{- end -}}

{{- define "clickhouse-ingestor.pod" -}}
ports:
  - name: metrics
    containerPort: {{ include "common.setting" (dict "root" . "name" "EVEYS_OCPP_METRICS_PORT") }}
    internal: true
{{- end -}}
