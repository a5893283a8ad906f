{{/* The Secrets of the mutual TLS between Envoy and the pods, by what each is for. */}}
{{- define "ws-edge.mtlsSecrets" -}}
{{- $mtls := .Values.envoy.mtls -}}
{{- $name := include "common.fullname" . -}}
{{- if $mtls.certManager.enabled -}}
server: {{ $name }}-mtls-server
client: {{ $name }}-mtls-client
serverCa: {{ $name }}-mtls-client
clientCa: {{ $name }}-mtls-server
{{- else if and $mtls.serverSecret $mtls.clientSecret -}}
server: {{ $mtls.serverSecret }}
client: {{ $mtls.clientSecret }}
serverCa: {{ $mtls.serverCaSecret | default $mtls.clientSecret }}
clientCa: {{ $mtls.clientCaSecret | default $mtls.serverSecret }}
{{- else -}}
{{- fail "envoy.mtls: set certManager.enabled, or name serverSecret and clientSecret" -}}
{{- end -}}
{{- end -}}

{{/* The Secrets of the certificates that chargers see: rsa, ec or both. */}}
{{- define "ws-edge.chargerSecrets" -}}
{{- $tls := .Values.envoy.tls -}}
{{- $name := include "common.fullname" . -}}
{{- if $tls.certManager.enabled -}}
{{- range $tls.certManager.algorithms }}
{{ . }}: {{ $name }}-chargers-{{ . }}
{{- end }}
{{- else if or $tls.rsaSecret $tls.ecSecret -}}
{{- with $tls.rsaSecret }}
rsa: {{ . }}
{{- end }}
{{- with $tls.ecSecret }}
ec: {{ . }}
{{- end }}
{{- else -}}
{{- fail "envoy.tls: set certManager.enabled, or name rsaSecret, ecSecret or both" -}}
{{- end -}}
{{- end -}}

{{/* files/envoy.yaml is docker/envoy/envoy.yaml; it is filled in here as docker/envoy/render.mjs fills it in. */}}
{{- define "ws-edge.envoyConfig" -}}
{{- $text := .Files.Get "files/envoy.yaml" -}}
{{- $chargers := include "ws-edge.chargerSecrets" . | fromYaml -}}
{{- range list "rsa" "ec" -}}
{{- if not (hasKey $chargers .) -}}
{{- $text = regexReplaceAll (printf "(?m)^ *- certificate_chain: .*/%s\\.pem' \\}\\n *private_key: .*\\n" .) $text "" -}}
{{- end -}}
{{- end -}}
{{- $host := printf "%s-pods.%s.svc.%s" (include "common.fullname" .) .Release.Namespace .Values.clusterDomain -}}
{{- $port := include "common.setting" (dict "root" . "name" "EVEYS_OCPP_WS_TLS_PORT") | int -}}
{{- $metricsPort := include "common.setting" (dict "root" . "name" "EVEYS_OCPP_METRICS_PORT") | int -}}
{{- $address := dict "socket_address" (dict "address" $host "port_value" $port) -}}
{{- $endpoint := dict "endpoint" (dict "address" $address "health_check_config" (dict "port_value" $metricsPort)) -}}
{{- $text = regexReplaceAll "'\\$\\{EDGE_PODS:-[^}]*\\}'" $text ($endpoint | toJson) -}}
{{- $filled := dict
  "EDGE_SERVER_NAME" .Values.envoy.mtls.serverName
  "ENVOY_OPS_HOST" "0.0.0.0"
  "ENVOY_PLAIN_HOST" (ternary "0.0.0.0" "127.0.0.1" .Values.envoy.plain.enabled)
  "ENVOY_MAX_CONNECTIONS" (.Values.envoy.maxConnections | int64 | toString)
  "ENVOY_CONNECTIONS_PER_S" (.Values.envoy.connectionsPerSecond | int64 | toString)
  "ENVOY_CONNECTION_BURST" (.Values.envoy.connectionBurst | int64 | toString)
  "ENVOY_HEALTH_INTERVAL" .Values.envoy.healthInterval -}}
{{- range $name, $value := $filled -}}
{{- $text = regexReplaceAll (printf "\\$\\{%s:-[^}]*\\}" $name) $text $value -}}
{{- end -}}
{{- regexReplaceAll "\\$\\{[A-Z_]+:-([^}]*)\\}" $text "${1}" -}}
{{- end -}}
