{{/* Nothing comes in and nothing goes out but what is listed. */}}
{{- define "common.networkPolicy" -}}
{{- if .Values.networkPolicy.enabled -}}
{{- $policy := .Values.networkPolicy -}}
{{- $pod := include (printf "%s.pod" .Chart.Name) . | fromYaml -}}
{{- $component := dict "root" . "component" "app" -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "common.metadata" $component | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "common.selectorLabels" $component | nindent 6 }}
  policyTypes: [Ingress, Egress]
  ingress:
    {{- range $pod.ports }}
    {{- if not .internal }}
    - ports:
        - port: {{ .containerPort }}
          protocol: TCP
      {{- with .from | default $policy.clients }}
      from:
        {{- toYaml . | nindent 8 }}
        - podSelector:
            matchLabels:
              {{- include "common.selectorLabels" (dict "root" $ "component" "test") | nindent 14 }}
      {{- end }}
    {{- else }}
    - ports:
        - port: {{ .containerPort }}
          protocol: TCP
      from:
        {{- with concat (.from | default list) $policy.monitoring }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        - podSelector:
            matchLabels:
              {{- include "common.selectorLabels" (dict "root" $ "component" "test") | nindent 14 }}
    {{- end }}
    {{- end }}
    {{- with $policy.extraIngress }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  egress:
    {{- include "common.egress" (dict "policy" $policy "names" (keys $policy.destinations | sortAlpha)) | nindent 4 }}
{{- end -}}
{{- end -}}

{{/* Egress rules: dict "policy" .Values.networkPolicy "names" those of its destinations that are wanted */}}
{{- define "common.egress" -}}
- ports:
    - port: 53
      protocol: UDP
    - port: 53
      protocol: TCP
  {{- with .policy.dns }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- range .names }}
{{- with get $.policy.destinations . }}
- ports:
    {{- range .ports }}
    - port: {{ . }}
      protocol: TCP
    {{- end }}
  {{- with .to }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
{{- end }}
{{- with .policy.extraEgress }}
{{ toYaml . }}
{{- end }}
{{- end -}}
