{{/* What follows from other values for the app's configuration. `config` is stronger. */}}
{{- define "ws-edge.settings" -}}
{{- if .Values.envoy.enabled }}
EVEYS_OCPP_WS_PLAIN: false
EVEYS_OCPP_WS_TLS_PORT: 9443
EVEYS_OCPP_WS_TLS_CERT_FILES: [/etc/ws-edge/tls/0/tls.crt]
EVEYS_OCPP_WS_TLS_KEY_FILES: [/etc/ws-edge/tls/0/tls.key]
EVEYS_OCPP_WS_TLS_CLIENT_CA_FILE: /etc/ws-edge/client-ca/ca.crt
EVEYS_OCPP_WS_TLS_REQUIRE_CLIENT_CERT: true
EVEYS_OCPP_WS_TRUSTED_PROXY_HOPS: 1
{{- else if .Values.tls.enabled }}
{{- if not .Values.tls.secrets }}{{ fail "tls.secrets: must name at least one Secret with tls.crt and tls.key when tls.enabled is true" }}{{ end }}
EVEYS_OCPP_WS_TLS_PORT: 9443
EVEYS_OCPP_WS_TLS_CERT_FILES:
  {{- range $index, $_ := .Values.tls.secrets }}
  - /etc/ws-edge/tls/{{ $index }}/tls.crt
  {{- end }}
EVEYS_OCPP_WS_TLS_KEY_FILES:
  {{- range $index, $_ := .Values.tls.secrets }}
  - /etc/ws-edge/tls/{{ $index }}/tls.key
  {{- end }}
{{- if .Values.tls.clientCaSecret }}
EVEYS_OCPP_WS_TLS_CLIENT_CA_FILE: /etc/ws-edge/client-ca/ca.crt
{{- end }}
{{- else }}
{}
{{- end }}
{{- end -}}

{{/* Ports and volumes of the app's pods. */}}
{{- define "ws-edge.pod" -}}
{{- $setting := dict "root" . -}}
{{- $plain := include "common.setting" (set $setting "name" "EVEYS_OCPP_WS_PLAIN") -}}
{{- $tlsPort := include "common.setting" (set $setting "name" "EVEYS_OCPP_WS_TLS_PORT") -}}
{{- include "ws-edge.checkDrain" . -}}
{{- if not (or (eq $plain "true") $tlsPort) -}}
{{- fail "config.EVEYS_OCPP_WS_TLS_PORT: must be set when EVEYS_OCPP_WS_PLAIN is false: there is no other port for chargers" -}}
{{- end -}}
{{- $secrets := .Values.tls.enabled | ternary .Values.tls.secrets list -}}
{{- $clientCa := .Values.tls.enabled | ternary .Values.tls.clientCaSecret "" -}}
{{- if .Values.envoy.enabled -}}
{{- $mtls := include "ws-edge.mtlsSecrets" . | fromYaml -}}
{{- $secrets = list $mtls.server -}}
{{- $clientCa = $mtls.clientCa -}}
{{- end -}}
ports:
  {{- if eq $plain "true" }}
  - name: ocpp
    containerPort: {{ include "common.setting" (set $setting "name" "EVEYS_OCPP_WS_PORT") }}
    servicePort: {{ .Values.service.port }}
  {{- end }}
  {{- if $tlsPort }}
  - name: ocpps
    containerPort: {{ $tlsPort }}
    servicePort: {{ .Values.service.tlsPort }}
    {{- if .Values.envoy.enabled }}
    from:
      - podSelector:
          matchLabels:
            {{- include "common.selectorLabels" (dict "root" . "component" "envoy") | nindent 12 }}
    {{- end }}
  {{- end }}
  - name: metrics
    containerPort: {{ include "common.setting" (set $setting "name" "EVEYS_OCPP_METRICS_PORT") }}
    internal: true
    {{- if .Values.envoy.enabled }}
    # Envoy asks each pod whether it is ready.
    from:
      - podSelector:
          matchLabels:
            {{- include "common.selectorLabels" (dict "root" . "component" "envoy") | nindent 12 }}
    {{- end }}
volumes:
  {{- range $index, $name := $secrets }}
  - name: tls-{{ $index }}
    secret:
      secretName: {{ $name }}
      items: [{ key: tls.crt, path: tls.crt }, { key: tls.key, path: tls.key }]
      defaultMode: 0440
  {{- end }}
  {{- with $clientCa }}
  - name: client-ca
    secret:
      secretName: {{ . }}
      items: [{ key: ca.crt, path: ca.crt }]
      defaultMode: 0440
  {{- end }}
volumeMounts:
  {{- range $index, $_ := $secrets }}
  - name: tls-{{ $index }}
    mountPath: /etc/ws-edge/tls/{{ $index }}
    readOnly: true
  {{- end }}
  {{- if $clientCa }}
  - name: client-ca
    mountPath: /etc/ws-edge/client-ca
    readOnly: true
  {{- end }}
{{- end -}}

{{/* The app refuses such a configuration at its start. Here it is refused before anything is rolled. */}}
{{- define "ws-edge.checkDrain" -}}
{{- $setting := dict "root" . -}}
{{- $rest := (.Files.Get "files/variables.yaml" | fromYaml).drainRestSeconds -}}
{{- $notice := include "common.setting" (set $setting "name" "EVEYS_OCPP_WS_DRAIN_LB_S") | float64 -}}
{{- $window := include "common.setting" (set $setting "name" "EVEYS_OCPP_WS_DRAIN_WINDOW_S") | float64 -}}
{{- $timeout := include "common.setting" (set $setting "name" "EVEYS_OCPP_DRAIN_TIMEOUT_S") | float64 -}}
{{- $needed := addf $notice $window $rest -}}
{{- if lt $timeout $needed -}}
{{- fail (printf "config.EVEYS_OCPP_DRAIN_TIMEOUT_S: must be at least %v: EVEYS_OCPP_WS_DRAIN_LB_S + EVEYS_OCPP_WS_DRAIN_WINDOW_S + %v s for the rest" $needed $rest) -}}
{{- end -}}
{{- if .Values.envoy.enabled -}}
{{- $notices := addf (trimSuffix "s" .Values.envoy.healthInterval | float64) 2 -}}
{{- if le $notice $notices -}}
{{- fail (printf "config.EVEYS_OCPP_WS_DRAIN_LB_S: must be more than %v: Envoy needs envoy.healthInterval and 2 s to notice that a pod drains" $notices) -}}
{{- end -}}
{{- end -}}
{{- end -}}
