{{/*
Jobs before the app: migrations and topics. With engines of your own they are hooks, done before anything else of the release changes. In a
trial the engines come with the release, so the jobs run beside them and try until they are there.
*/}}

{{/*
Annotations of a hook object, or nothing in a trial: dict "root" . "weight" -10. What a job reads goes once all jobs are done; a job "stays", with
its log, until it is too old or the next one comes.
*/}}
{{- define "common.hook" -}}
{{- if include "common.trial" .root -}}
{}
{{- else -}}
helm.sh/hook: pre-install,pre-upgrade
helm.sh/hook-weight: {{ .weight | quote }}
helm.sh/hook-delete-policy: before-hook-creation{{ if not .stays }},hook-succeeded{{ end }}
{{- end -}}
{{- end -}}

{{/* What the jobs read, and where they may go: dict "root" . "only" a regular expression of variables "destinations" (list) */}}
{{- define "common.jobEnvironment" -}}
{{- $first := include "common.hook" (dict "root" .root "weight" -10) | fromYaml -}}
{{- $component := dict "root" .root "component" "migrations" "suffix" "-migrations" "annotations" $first -}}
{{- include "common.environment" (merge (dict "only" .only) $component) }}
{{- if .root.Values.networkPolicy.enabled }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "common.metadata" $component | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "common.selectorLabels" $component | nindent 6 }}
  policyTypes: [Ingress, Egress]
  ingress: []
  egress:
    {{- include "common.egress" (dict "policy" .root.Values.networkPolicy "names" .destinations) | nindent 4 }}
{{- end }}
{{- end -}}

{{/* dict "root" . "only" as in common.jobEnvironment "name" "pg-migrate" "args" (list "pg-migrate.js") "weight" -5 */}}
{{- define "common.job" -}}
{{- $root := .root -}}
{{- $jobs := $root.Values.migrations -}}
{{- $trial := include "common.trial" $root -}}
{{- $annotations := include "common.hook" (dict "root" $root "weight" .weight "stays" true) | fromYaml -}}
{{- $component := dict "root" $root "component" "migrations" -}}
apiVersion: batch/v1
kind: Job
metadata:
  {{- /* A job cannot be changed: in a trial each revision has its own. */}}
  {{- $suffix := ternary (printf "-%s-%d" .name (int $root.Release.Revision)) (printf "-%s" .name) (eq $trial "true") }}
  {{- include "common.metadata" (merge (dict "suffix" $suffix "annotations" $annotations) $component) | nindent 2 }}
spec:
  backoffLimit: {{ ternary 20 (int $jobs.backoffLimit) (eq $trial "true") }}
  activeDeadlineSeconds: {{ $jobs.activeDeadlineSeconds }}
  ttlSecondsAfterFinished: {{ $jobs.ttlSecondsAfterFinished }}
  template:
    metadata:
      labels:
        {{- include "common.selectorLabels" $component | nindent 8 }}
        {{- with $root.Values.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      restartPolicy: Never
      serviceAccountName: {{ $jobs.serviceAccountName | default "default" }}
      automountServiceAccountToken: false
      enableServiceLinks: false
      {{- with include "common.imagePullSecrets" $root }}
      {{- . | nindent 6 }}
      {{- end }}
      securityContext:
        {{- mergeOverwrite (include "common.podSecurityContext" $root | fromYaml) $root.Values.podSecurityContext | toYaml | nindent 8 }}
      {{- with $root.Values.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $root.Values.tolerations }}
      tolerations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      containers:
        - name: {{ .name }}
          image: {{ include "common.image" (dict "image" $root.Values.image "tag" $root.Chart.AppVersion) }}
          imagePullPolicy: {{ $root.Values.image.pullPolicy }}
          args:
            {{- toYaml .args | nindent 12 }}
          securityContext:
            {{- mergeOverwrite (include "common.securityContext" $root | fromYaml) $root.Values.securityContext | toYaml | nindent 12 }}
          envFrom:
            {{- include "common.envFrom" (dict "root" $root "suffix" "-migrations" "only" .only) | nindent 12 }}
          {{- with $root.Values.extraEnv }}
          env:
            {{- toYaml . | nindent 12 }}
          {{- end }}
          resources:
            {{- toYaml $jobs.resources | nindent 12 }}
          volumeMounts:
            - name: tmp
              mountPath: /tmp
            {{- with $root.Values.extraVolumeMounts }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
      volumes:
        - name: tmp
          emptyDir:
            sizeLimit: 64Mi
        {{- with $root.Values.extraVolumes }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
{{- end -}}
