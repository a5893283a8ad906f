{{- define "command-api.settings" -}}
{}
{{- end -}}

{{- define "command-api.pod" -}}
{{- $setting := dict "root" . -}}
ports:
  - name: rest
    containerPort: {{ include "common.setting" (set $setting "name" "EVEYS_OCPP_REST_PORT") }}
    servicePort: {{ .Values.service.restPort }}
    appProtocol: http
  - name: grpc
    containerPort: {{ include "common.setting" (set $setting "name" "EVEYS_OCPP_GRPC_PORT") }}
    servicePort: {{ .Values.service.grpcPort }}
    appProtocol: kubernetes.io/h2c
  - name: metrics
    containerPort: {{ include "common.setting" (set $setting "name" "EVEYS_OCPP_METRICS_PORT") }}
    internal: true
{{- end -}}
