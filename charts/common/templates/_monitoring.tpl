{{- define "common.serviceMonitor" -}}
{{- with .Values.serviceMonitor -}}
{{- if .enabled -}}
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  {{- include "common.metadata" (dict "root" $ "component" "app" "labels" .labels) | nindent 2 }}
spec:
  selector:
    matchLabels:
      {{- include "common.selectorLabels" (dict "root" $ "component" "metrics") | nindent 6 }}
  namespaceSelector:
    matchNames: [{{ $.Release.Namespace }}]
  endpoints:
    - port: metrics
      path: /metrics
      interval: {{ .interval }}
      scrapeTimeout: {{ .scrapeTimeout }}
      {{- with .relabelings }}
      relabelings:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .metricRelabelings }}
      metricRelabelings:
        {{- toYaml . | nindent 8 }}
      {{- end }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* files/alerts.yaml holds the rules of an app; NAMESPACE and JOB in them become those of this release. */}}
{{- define "common.prometheusRule" -}}
{{- with .Values.prometheusRule -}}
{{- if .enabled -}}
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  {{- include "common.metadata" (dict "root" $ "component" "app" "labels" .labels) | nindent 2 }}
spec:
  groups:
    {{- $job := printf "%s-metrics" (include "common.fullname" $) }}
    {{- $rules := $.Files.Get "files/alerts.yaml" | replace "NAMESPACE" $.Release.Namespace | replace "JOB" $job | fromYaml }}
    {{- toYaml $rules.groups | nindent 4 }}
    {{- with .additionalGroups }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end -}}
{{- end -}}
{{- end -}}
