{{/*
A pod of `helm test`: dict "root" . "checks" a list of what is asked, each as JSON of
  {"get": url, "status": [200]} or {"handshake": url, "status": [101, 404]} or {"connect": "host:port"}
*/}}
{{- define "common.testPod" -}}
{{- $root := .root -}}
{{- $component := dict "root" $root "component" "test" -}}
apiVersion: v1
kind: Pod
metadata:
  {{- include "common.metadata" (merge (dict "suffix" "-test" "annotations" (dict "helm.sh/hook" "test" "helm.sh/hook-delete-policy" "before-hook-creation")) $component) | nindent 2 }}
spec:
  restartPolicy: Never
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- with include "common.imagePullSecrets" $root }}
  {{- . | nindent 2 }}
  {{- end }}
  securityContext:
    {{- mergeOverwrite (include "common.podSecurityContext" $root | fromYaml) $root.Values.podSecurityContext | toYaml | nindent 4 }}
  containers:
    - name: test
      image: {{ include "common.image" (dict "image" $root.Values.image "tag" $root.Chart.AppVersion) }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      args:
        - -e
        - {{ include "common.testScript" . | quote }}
      env:
        - name: CHECKS
          value: {{ .checks | toJson | quote }}
      securityContext:
        {{- mergeOverwrite (include "common.securityContext" $root | fromYaml) $root.Values.securityContext | toYaml | nindent 8 }}
      resources:
        requests: { cpu: 10m, memory: 64Mi, ephemeral-storage: 16Mi }
        limits: { cpu: 500m, memory: 128Mi, ephemeral-storage: 32Mi }
{{- if $root.Values.networkPolicy.enabled }}
---
# The pod of `helm test` reaches the pods of its own chart, and nothing reaches it.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "common.metadata" (merge (dict "suffix" "-test") $component) | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "common.selectorLabels" $component | nindent 6 }}
  policyTypes: [Ingress, Egress]
  egress:
    {{- include "common.egress" (dict "policy" (pick $root.Values.networkPolicy "dns") "names" list) | nindent 4 }}
    - to:
        - podSelector:
            matchLabels:
              app.kubernetes.io/name: {{ $root.Values.nameOverride | default $root.Chart.Name }}
              app.kubernetes.io/instance: {{ $root.Release.Name }}
{{- end }}
{{- end -}}

{{/* The image has Node and nothing else to ask with. A handshake needs no charge point: that it is decided is the answer. */}}
{{- define "common.testScript" -}}
const { connect } = require('node:net');
const clientOf = (url) => require(url.startsWith('https:') ? 'node:https' : 'node:http');
const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'aGVsbS10ZXN0LXBvZC0wMQ==', 'sec-websocket-protocol': 'ocpp2.0.1, ocpp1.6' };
const ask = (url, headers) => new Promise((resolve, reject) => {
  const request = clientOf(url).get(url, { headers, rejectUnauthorized: false, timeout: 10000 });
  request.on('response', (answer) => { answer.resume(); resolve(answer.statusCode); });
  request.on('upgrade', (answer, socket) => { socket.destroy(); resolve(answer.statusCode); });
  request.on('timeout', () => request.destroy(new Error('no answer within 10 s')));
  request.on('error', reject);
});
const open = (target) => new Promise((resolve, reject) => {
  const [host, port] = target.split(':');
  const socket = connect({ host, port: Number(port), timeout: 10000 }, () => { socket.destroy(); resolve(undefined); });
  socket.on('timeout', () => socket.destroy(new Error('no answer within 10 s')));
  socket.on('error', reject);
});
(async () => {
  for (const check of JSON.parse(process.env.CHECKS)) {
    const target = check.get ?? check.handshake ?? check.connect;
    const status = check.connect ? await open(target) : await ask(target, check.handshake ? upgrade : {});
    const good = check.connect || check.status.includes(status);
    console.log((good ? 'ok     ' : 'FAILED ') + target + (status ? ' answered ' + status : ' is open'));
    if (!good) process.exitCode = 1;
  }
})().catch((error) => { console.error('FAILED ' + error.message); process.exitCode = 1; });
{{- end -}}
