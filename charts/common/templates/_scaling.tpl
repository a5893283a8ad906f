{{/* dict "root" . "component" "app" "suffix" "" "values" what has autoscaling */}}
{{- define "common.hpa" -}}
{{- if .values.autoscaling.enabled -}}
{{- $scaling := .values.autoscaling -}}
{{- if and (eq .component "app") (dig "enabled" false (.values.keda | default dict)) -}}
{{- fail "keda.enabled: KEDA makes the HorizontalPodAutoscaler itself. Set autoscaling.enabled to false" -}}
{{- end -}}
{{- if lt (int $scaling.maxReplicas) (int $scaling.minReplicas) -}}
{{- fail (printf "autoscaling.maxReplicas: must be at least minReplicas, which is %d" (int $scaling.minReplicas)) -}}
{{- end -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  {{- include "common.metadata" . | nindent 2 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ include "common.fullname" .root }}{{ .suffix }}
  minReplicas: {{ $scaling.minReplicas }}
  maxReplicas: {{ $scaling.maxReplicas }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: {{ $scaling.targetCPUUtilizationPercentage }}
    {{- with $scaling.connections }}
    {{- if .enabled }}
    - type: Pods
      pods:
        metric:
          name: {{ .metricName }}
        target:
          type: AverageValue
          averageValue: {{ .targetAverageValue | quote }}
    {{- end }}
    {{- end }}
  {{- with $scaling.behavior }}
  behavior:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}
{{- end -}}

{{/* Scales a consumer by its lag: dict "root" . "group" the consumer group */}}
{{- define "common.scaledObject" -}}
{{- with .root.Values.keda -}}
{{- if .enabled -}}
{{- $root := $.root -}}
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  {{- include "common.metadata" (dict "root" $root "component" "app") | nindent 2 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ include "common.fullname" $root }}
  pollingInterval: {{ .pollingInterval }}
  cooldownPeriod: {{ .cooldownPeriod }}
  minReplicaCount: {{ .minReplicas }}
  maxReplicaCount: {{ .maxReplicas }}
  {{- with .behavior }}
  advanced:
    horizontalPodAutoscalerConfig:
      behavior:
        {{- toYaml . | nindent 8 }}
  {{- end }}
  triggers:
    # Without a topic KEDA adds up the lag of all topics that the group reads.
    - type: kafka
      metadata:
        bootstrapServers: {{ include "common.setting" (dict "root" $root "name" "EVEYS_OCPP_KAFKA_BROKERS") | quote }}
        consumerGroup: {{ $.group }}
        lagThreshold: {{ .lagThreshold | quote }}
        # A pod beyond the number of partitions would have nothing to read.
        allowIdleConsumers: 'false'
{{- end -}}
{{- end -}}
{{- end -}}

{{/* dict "root" . "component" "app" "suffix" "" "values" what has pdb */}}
{{- define "common.pdb" -}}
{{- if .values.pdb.enabled -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  {{- include "common.metadata" . | nindent 2 }}
spec:
  {{- if kindIs "invalid" .values.pdb.minAvailable }}
  maxUnavailable: {{ .values.pdb.maxUnavailable }}
  {{- else }}
  minAvailable: {{ .values.pdb.minAvailable }}
  {{- end }}
  # A node can be emptied of pods that do not get ready.
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "common.selectorLabels" . | nindent 6 }}
{{- end -}}
{{- end -}}
