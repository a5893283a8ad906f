{{/*
What an app reads from its environment. files/variables.yaml of each chart lists its variables with their defaults; it is made from the
code. From weak to strong: what the chart derives from other values and of a trial's engines (<chart>.settings), global.config, config.
*/}}

{{/* What a container gets for a value: a list of texts is joined by commas, what else is no text is JSON. */}}
{{- define "common.text" -}}
{{- if kindIs "string" . -}}
{{- . -}}
{{- else if and (kindIs "slice" .) (or (empty .) (kindIs "string" (first .))) -}}
{{- join "," . -}}
{{- else -}}
{{- . | mustToJson -}}
{{- end -}}
{{- end -}}

{{/* The variables that are set and are no secrets, as YAML: name to text. */}}
{{- define "common.settings" -}}
{{- $variables := .Files.Get "files/variables.yaml" | fromYaml -}}
{{- $given := merge (include (printf "%s.settings" .Chart.Name) . | fromYaml) (include "common.trialSettings" . | fromYaml) -}}
{{- range $name, $value := (.Values.global | default dict).config -}}
{{- if hasKey $variables.config $name }}{{ $_ := set $given $name $value }}{{ end -}}
{{- end -}}
{{- range $name, $value := .Values.config }}{{ $_ := set $given $name $value }}{{ end -}}
{{- $secrets := include "common.secretSettings" . | fromYaml -}}
{{- $settings := dict -}}
{{- range $name, $value := $given -}}
{{- if not (kindIs "invalid" $value) -}}
{{- $text := include "common.text" $value -}}
{{- if not (hasKey $variables.config $name) -}}
{{- fail (printf "config.%s: %s has no such variable" $name $.Chart.Name) -}}
{{- end -}}
{{- if has $name $variables.secrets -}}
{{- fail (printf "config.%s: is a secret. Set it in secretConfig, or in the Secret that existingSecret or externalSecret names" $name) -}}
{{- end -}}
{{- if regexMatch "://[^/@]*:[^/@]*@" $text -}}
{{- fail (printf "config.%s: holds a password. Set it in secretConfig, or in the Secret that existingSecret or externalSecret names" $name) -}}
{{- end -}}
{{- if hasKey $secrets $name -}}
{{- fail (printf "%s: is set in config and in secretConfig. Set it in one of them" $name) -}}
{{- end -}}
{{- $_ := set $settings $name $text -}}
{{- end -}}
{{- end -}}
{{- $settings | toYaml -}}
{{- end -}}

{{/* The secrets that values hold, as YAML: name to text. */}}
{{- define "common.secretSettings" -}}
{{- $variables := .Files.Get "files/variables.yaml" | fromYaml -}}
{{- $known := concat $variables.secrets $variables.urls -}}
{{- $secrets := include "common.trialSecrets" . | fromYaml -}}
{{- range $name, $value := (.Values.global | default dict).secretConfig -}}
{{- if has $name $known }}{{ $_ := set $secrets $name (include "common.text" $value) }}{{ end -}}
{{- end -}}
{{- range $name, $value := .Values.secretConfig }}{{ $_ := set $secrets $name (include "common.text" $value) }}{{ end -}}
{{- $secrets | toYaml -}}
{{- end -}}

{{/* A variable's value, or its default: dict "root" . "name" "EVEYS_OCPP_…" */}}
{{- define "common.setting" -}}
{{- $settings := include "common.settings" .root | fromYaml -}}
{{- if hasKey $settings .name -}}
{{- get $settings .name -}}
{{- else -}}
{{- include "common.text" (get (.root.Files.Get "files/variables.yaml" | fromYaml).config .name | default "") -}}
{{- end -}}
{{- end -}}

{{/* Of the engines of a trial, as far as the chart's app reads it: none of it is a secret worth keeping. */}}
{{- define "common.trialSecrets" -}}
{{- if include "common.trial" . -}}
{{- $variables := .Files.Get "files/variables.yaml" | fromYaml -}}
{{- $all := dict "EVEYS_OCPP_DB_URL" (printf "postgresql://ocpp:trial@%s-trial-postgres:5432/ocpp" .Release.Name) "EVEYS_OCPP_CLICKHOUSE_PASSWORD" "trial" -}}
{{- $known := concat $variables.secrets $variables.urls -}}
{{- range $name, $value := $all }}
{{- if has $name $known }}
{{ $name }}: {{ $value | quote }}
{{- end }}
{{- end }}
{{- else -}}
{}
{{- end -}}
{{- end -}}

{{- define "common.trialSettings" -}}
{{- if include "common.trial" . -}}
{{- $variables := .Files.Get "files/variables.yaml" | fromYaml -}}
{{- $all := dict "EVEYS_OCPP_REDIS_URL" (printf "redis://%s-trial-redis:6379/0" .Release.Name) "EVEYS_OCPP_KAFKA_BROKERS" (printf "%s-trial-kafka:9092" .Release.Name) "EVEYS_OCPP_CLICKHOUSE_HOST" (printf "%s-trial-clickhouse" .Release.Name) "EVEYS_OCPP_CLICKHOUSE_USERNAME" "ocpp" -}}
{{- range $name, $value := $all }}
{{- if hasKey $variables.config $name }}
{{ $name }}: {{ $value | quote }}
{{- end }}
{{- end }}
{{- else -}}
{}
{{- end -}}
{{- end -}}

{{/* The settings whose names match, as YAML: dict "settings" (dict) "only" a regular expression; without it, all */}}
{{- define "common.onlyThose" -}}
{{- $wanted := dict -}}
{{- range $name, $value := .settings -}}
{{- if regexMatch ($.only | default "") $name }}{{ $_ := set $wanted $name $value }}{{ end -}}
{{- end -}}
{{- $wanted | toYaml -}}
{{- end -}}

{{/*
What a container reads: dict "root" . "suffix" of the ConfigMap and the Secrets "only" a regular expression of variables; without it, all.
Yields settings, secrets and external (data of the ExternalSecret), each empty where there is nothing.
*/}}
{{- define "common.sources" -}}
settings:
  {{- include "common.onlyThose" (dict "settings" (include "common.settings" .root | fromYaml) "only" .only) | nindent 2 }}
secrets:
  {{- include "common.onlyThose" (dict "settings" (include "common.secretSettings" .root | fromYaml) "only" .only) | nindent 2 }}
{{- with .root.Values.externalSecret }}
external:
  {{- include "common.onlyThose" (dict "settings" (ternary .data dict .enabled) "only" $.only) | nindent 2 }}
externalWhole: {{ and .enabled (not (empty .dataFrom)) }}
{{- end }}
{{- end -}}

{{/* envFrom of a container: see common.sources */}}
{{- define "common.envFrom" -}}
{{- $fullname := include "common.fullname" .root -}}
{{- $sources := include "common.sources" . | fromYaml -}}
- configMapRef:
    name: {{ $fullname }}{{ .suffix }}
{{- if $sources.secrets }}
- secretRef:
    name: {{ $fullname }}{{ .suffix }}
{{- end }}
{{- if or $sources.external $sources.externalWhole }}
- secretRef:
    name: {{ $fullname }}{{ .suffix }}-external
{{- end }}
{{- range list (.root.Values.global | default dict).existingSecret .root.Values.existingSecret }}
{{- with . }}
- secretRef:
    name: {{ . }}
{{- end }}
{{- end }}
{{- end -}}

{{/* ConfigMap, Secret and ExternalSecret: dict "root" . "component" "app" "suffix" "" "annotations" (dict) "only" see common.sources */}}
{{- define "common.environment" -}}
{{- $sources := include "common.sources" . | fromYaml -}}
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "common.metadata" . | nindent 2 }}
data:
  {{- toYaml $sources.settings | nindent 2 }}
{{- with $sources.secrets }}
---
apiVersion: v1
kind: Secret
metadata:
  {{- include "common.metadata" $ | nindent 2 }}
type: Opaque
stringData:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- if or $sources.external $sources.externalWhole }}
{{- $external := .root.Values.externalSecret }}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  {{- include "common.metadata" (merge (dict "suffix" (printf "%s-external" (.suffix | default ""))) $) | nindent 2 }}
spec:
  refreshInterval: {{ $external.refreshInterval }}
  secretStoreRef:
    {{- toYaml $external.secretStoreRef | nindent 4 }}
  target:
    name: {{ include "common.fullname" .root }}{{ .suffix }}-external
    creationPolicy: Owner
  {{- with $sources.external }}
  data:
    {{- range $name, $remote := . }}
    - secretKey: {{ $name }}
      remoteRef:
        {{- toYaml $remote | nindent 8 }}
    {{- end }}
  {{- end }}
  {{- with $external.dataFrom }}
  dataFrom:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
{{- end -}}

{{/* Changes when the configuration does, so that the pods are rolled. */}}
{{- define "common.checksums" -}}
checksum/config: {{ include "common.settings" . | sha256sum }}
checksum/secret: {{ printf "%s%s" (include "common.secretSettings" .) (toJson .Values.externalSecret) | sha256sum }}
{{- end -}}
