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

{{/* files/rules holds the rules of an app; the job in them becomes the namespace and the job of this release. */}}
{{- define "common.prometheusRule" -}}
{{- with .Values.prometheusRule -}}
{{- if .enabled -}}
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  {{- include "common.metadata" (dict "root" $ "component" "app" "labels" .labels) | nindent 2 }}
spec:
  groups:
    {{- $any := printf "job=%q" $.Chart.Name }}
    {{- $own := printf "namespace=%q,job=%q" $.Release.Namespace (printf "%s-metrics" (include "common.fullname" $)) }}
    {{- range $file, $_ := $.Files.Glob "files/rules/*.yaml" }}
    {{- toYaml ($.Files.Get $file | replace $any $own | fromYaml).groups | nindent 4 }}
    {{- end }}
    {{- with .additionalGroups }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end -}}
{{- end -}}
{{- end -}}
