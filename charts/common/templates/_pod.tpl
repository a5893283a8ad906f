{{/* What all containers of the charts have in common, and the pods of the apps. */}}

{{- define "common.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "common.securityContext" -}}
allowPrivilegeEscalation: false
privileged: false
readOnlyRootFilesystem: true
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
capabilities:
  drop: [ALL]
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{/* Where pods may run: dict "root" . "component" "app" "values" .Values or what has the same keys */}}
{{- define "common.placement" -}}
affinity:
  {{- if .values.affinity }}
  {{- toYaml .values.affinity | nindent 2 }}
  {{- else }}
  podAntiAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 100
        podAffinityTerm:
          topologyKey: kubernetes.io/hostname
          labelSelector:
            matchLabels:
              {{- include "common.selectorLabels" . | nindent 14 }}
  {{- end }}
topologySpreadConstraints:
  {{- if .values.topologySpreadConstraints }}
  {{- toYaml .values.topologySpreadConstraints | nindent 2 }}
  {{- else }}
  {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "common.selectorLabels" $ | nindent 8 }}
    # A rollout spreads the new pods among themselves.
    matchLabelKeys: [pod-template-hash]
  {{- end }}
  {{- end }}
{{- with .values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/*
The time that Kubernetes waits for the end of a pod: what the app may take for its drain, the pause before it, and a margin.
A shorter time would kill the app while it sees its work off.
*/}}
{{- define "common.gracePeriod" -}}
{{- $drain := include "common.setting" (dict "root" . "name" "EVEYS_OCPP_DRAIN_TIMEOUT_S") | float64 | ceil | int -}}
{{- $needed := add $drain .Values.preStopSleepSeconds 5 | int -}}
{{- if kindIs "invalid" .Values.terminationGracePeriodSeconds -}}
{{- $needed -}}
{{- else if lt (int .Values.terminationGracePeriodSeconds) $needed -}}
{{- fail (printf "terminationGracePeriodSeconds: must be at least %d: %d of EVEYS_OCPP_DRAIN_TIMEOUT_S + %d of preStopSleepSeconds + 5 s of margin" $needed $drain (int .Values.preStopSleepSeconds)) -}}
{{- else -}}
{{- int .Values.terminationGracePeriodSeconds -}}
{{- end -}}
{{- end -}}

{{- define "common.probe" -}}
httpGet:
  path: {{ .path }}
  port: metrics
{{ toYaml .values }}
{{- end -}}

{{- define "common.deployment" -}}
{{- $pod := include (printf "%s.pod" .Chart.Name) . | fromYaml -}}
{{- $component := dict "root" . "component" "app" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  {{- include "common.metadata" (merge (dict "annotations" .Values.annotations) $component) | nindent 2 }}
spec:
  {{- if not (or .Values.autoscaling.enabled (dig "enabled" false (.Values.keda | default dict))) }}
  replicas: {{ .Values.replicas }}
  {{- end }}
  revisionHistoryLimit: {{ .Values.revisionHistoryLimit }}
  minReadySeconds: {{ .Values.minReadySeconds }}
  strategy:
    {{- toYaml .Values.strategy | nindent 4 }}
  selector:
    matchLabels:
      {{- include "common.selectorLabels" $component | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "common.selectorLabels" $component | nindent 8 }}
        {{- with .Values.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      annotations:
        kubectl.kubernetes.io/default-container: {{ .Chart.Name }}
        {{- include "common.checksums" . | nindent 8 }}
        {{- with .Values.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      serviceAccountName: {{ include "common.serviceAccountName" . }}
      automountServiceAccountToken: false
      enableServiceLinks: false
      {{- with include "common.imagePullSecrets" . }}
      {{- . | nindent 6 }}
      {{- end }}
      securityContext:
        {{- mergeOverwrite (include "common.podSecurityContext" . | fromYaml) .Values.podSecurityContext | toYaml | nindent 8 }}
      terminationGracePeriodSeconds: {{ include "common.gracePeriod" . }}
      {{- include "common.placement" (merge (dict "values" .Values) $component) | nindent 6 }}
      containers:
        - name: {{ .Chart.Name }}
          image: {{ include "common.image" (dict "image" .Values.image "tag" .Chart.AppVersion) }}
          imagePullPolicy: {{ .Values.image.pullPolicy }}
          securityContext:
            {{- mergeOverwrite (include "common.securityContext" . | fromYaml) .Values.securityContext | toYaml | nindent 12 }}
          envFrom:
            {{- include "common.envFrom" (dict "root" . "suffix" "") | nindent 12 }}
          env:
            {{- if not (hasKey (include "common.settings" . | fromYaml) "EVEYS_OCPP_POD_NAME") }}
            - name: EVEYS_OCPP_POD_NAME
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
            {{- end }}
            {{- with .Values.extraEnv }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
          ports:
            {{- range $pod.ports }}
            - name: {{ .name }}
              containerPort: {{ .containerPort }}
              protocol: TCP
            {{- end }}
          startupProbe:
            {{- include "common.probe" (dict "path" "/api/v1/health" "values" .Values.probes.startup) | nindent 12 }}
          livenessProbe:
            {{- include "common.probe" (dict "path" "/api/v1/health" "values" .Values.probes.liveness) | nindent 12 }}
          readinessProbe:
            {{- include "common.probe" (dict "path" "/api/v1/ready" "values" .Values.probes.readiness) | nindent 12 }}
          {{- if gt (int .Values.preStopSleepSeconds) 0 }}
          lifecycle:
            preStop:
              sleep:
                seconds: {{ .Values.preStopSleepSeconds }}
          {{- end }}
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
          volumeMounts:
            - name: tmp
              mountPath: /tmp
            {{- with concat ($pod.volumeMounts | default list) .Values.extraVolumeMounts }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
      volumes:
        - name: tmp
          emptyDir:
            sizeLimit: 64Mi
        {{- with concat ($pod.volumes | default list) .Values.extraVolumes }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
{{- end -}}
