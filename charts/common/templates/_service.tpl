{{/* The app's Service. The ports of a pod that name a servicePort are in it. */}}
{{- define "common.service" -}}
{{- $pod := include (printf "%s.pod" .Chart.Name) . | fromYaml -}}
{{- $component := dict "root" . "component" "app" -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "common.metadata" (merge (dict "annotations" .Values.service.annotations) $component) | nindent 2 }}
spec:
  type: {{ .Values.service.type }}
  {{- if ne .Values.service.type "ClusterIP" }}
  externalTrafficPolicy: {{ .Values.service.externalTrafficPolicy }}
  {{- with .Values.service.loadBalancerClass }}
  loadBalancerClass: {{ . }}
  {{- end }}
  {{- with .Values.service.loadBalancerSourceRanges }}
  loadBalancerSourceRanges:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- end }}
  selector:
    {{- include "common.selectorLabels" $component | nindent 4 }}
  ports:
    {{- range $pod.ports }}
    {{- if .servicePort }}
    - name: {{ .name }}
      port: {{ .servicePort }}
      targetPort: {{ .name }}
      protocol: TCP
      {{- with .appProtocol }}
      appProtocol: {{ . }}
      {{- end }}
    {{- end }}
    {{- end }}
{{- end -}}

{{/* The ops port: metrics, health and readiness of each pod. */}}
{{- define "common.metricsService" -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "common.metadata" (dict "root" . "component" "metrics" "suffix" "-metrics") | nindent 2 }}
spec:
  type: ClusterIP
  clusterIP: None
  # Pods that are not ready are those whose metrics are wanted most.
  publishNotReadyAddresses: true
  selector:
    {{- include "common.selectorLabels" (dict "root" . "component" "app") | nindent 4 }}
  ports:
    - name: metrics
      port: {{ include "common.setting" (dict "root" . "name" "EVEYS_OCPP_METRICS_PORT") }}
      targetPort: metrics
      protocol: TCP
{{- end -}}

{{- define "common.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "common.serviceAccountName" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "common.labels" (dict "root" . "component" "app") | nindent 4 }}
  {{- with .Values.serviceAccount.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
# No app speaks to the API server.
automountServiceAccountToken: false
{{- end -}}
{{- end -}}
