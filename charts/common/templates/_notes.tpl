{{/* A warning for each engine that nothing names: the app would look for it on its own pod. */}}
{{- define "common.unset" -}}
{{- $known := merge (include "common.settings" . | fromYaml) (include "common.secretSettings" . | fromYaml) -}}
{{- $elsewhere := or .Values.existingSecret .Values.externalSecret.enabled (.Values.global | default dict).existingSecret -}}
{{- $variables := (.Files.Get "files/variables.yaml" | fromYaml).config -}}
{{- if not $elsewhere -}}
{{- range list "EVEYS_OCPP_DB_URL" "EVEYS_OCPP_REDIS_URL" "EVEYS_OCPP_KAFKA_BROKERS" "EVEYS_OCPP_CLICKHOUSE_HOST" -}}
{{- $instead := eq . "EVEYS_OCPP_CLICKHOUSE_HOST" | ternary "EVEYS_OCPP_CLICKHOUSE_URL" . -}}
{{- if and (hasKey $variables .) (not (hasKey $known .)) (not (hasKey $known $instead)) }}
WARNING: {{ . }} is not set, so the pods look for it on localhost and do not get ready.
{{- end }}
{{- end }}
{{- end }}
{{- end -}}
