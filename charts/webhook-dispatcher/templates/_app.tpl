{{- define "webhook-dispatcher.settings" -}}
{}
{{- end -}}

{{- define "webhook-dispatcher.pod" -}}
ports:
  - name: metrics
    containerPort: {{ include "common.setting" (dict "root" . "name" "EVEYS_OCPP_METRICS_PORT") }}
    internal: true
{{- end -}}
