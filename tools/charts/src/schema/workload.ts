import { count, flag, kubernetesList, kubernetesObject, object, portNumber, text, texts } from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';

/** What every chart of an app takes besides its configuration. The charts' READMEs show these texts. */
export function workload(): Record<string, JsonSchema> {
  return {
    enabled: flag('Read by the umbrella chart: whether this app is deployed'),
    nameOverride: text('Name of the app in names and labels, in place of the name of the chart'),
    fullnameOverride: text('Name of all objects, in place of release and chart'),
    image: image('The image of the app. Without tag and digest it is the version of the chart'),
    imagePullSecrets: pullSecrets(),
    replicas: count('Number of pods while nothing scales them', 0),
    revisionHistoryLimit: count('Old ReplicaSets that are kept for a rollback', 0),
    minReadySeconds: count('A new pod counts as available after it was ready for this long, seconds', 0),
    strategy: kubernetesObject('Strategy of the Deployment'),
    terminationGracePeriodSeconds: {
      ...count(
        'Kubernetes waits this long for the end of a pod, seconds. Unset: EVEYS_OCPP_DRAIN_TIMEOUT_S + preStopSleepSeconds + 5. Less is refused',
        1,
      ),
      type: ['integer', 'null'],
    },
    preStopSleepSeconds: count(
      'Pause before SIGTERM, seconds. The app itself goes on serving after SIGTERM until the balancer has noticed',
      0,
    ),
    probes: object('Times of the probes on the ops port. Their paths are fixed', {
      startup: kubernetesObject('Times of the startup probe on /api/v1/health'),
      liveness: kubernetesObject('Times of the liveness probe on /api/v1/health'),
      readiness: kubernetesObject('Times of the readiness probe on /api/v1/ready'),
    }),
    resources: kubernetesObject('Requests and limits of the container'),
    annotations: texts('Annotations of the Deployment'),
    podAnnotations: texts('Annotations of the pods'),
    podLabels: texts('More labels of the pods'),
    podSecurityContext: kubernetesObject('Overrides single fields of the restricted security context of the pods'),
    securityContext: kubernetesObject('Overrides single fields of the restricted security context of the containers'),
    ...placement(),
    serviceAccount: object('ServiceAccount of the pods. No token is mounted', {
      create: flag('Whether the chart makes it'),
      name: text('Its name, in place of the name of the objects'),
      annotations: texts('Its annotations'),
    }),
    extraEnv: kubernetesList('More variables of the containers, for example of Node.js itself'),
    extraVolumes: kubernetesList('More volumes of the pods'),
    extraVolumeMounts: kubernetesList('Where the containers see them'),
    pdb: pdb(),
    networkPolicy: networkPolicy(),
    serviceMonitor: object('ServiceMonitor of the Prometheus operator', {
      enabled: flag('Whether it is made'),
      interval: text('Prometheus scrapes at this interval'),
      scrapeTimeout: text('A scrape may take this long'),
      labels: texts('Its labels, by which a Prometheus may choose it'),
      relabelings: kubernetesList('Its relabelings'),
      metricRelabelings: kubernetesList('Its relabelings of metrics'),
    }),
    prometheusRule: object('PrometheusRule of the Prometheus operator, with the rules of files/rules', {
      enabled: flag('Whether it is made'),
      labels: texts('Its labels, by which a Prometheus may choose it'),
      additionalGroups: kubernetesList('More groups of rules'),
    }),
  };
}

export function image(description: string): JsonSchema {
  return object(description, {
    repository: text('Registry and name', { minLength: 1 }),
    tag: text('Tag, never latest', { not: { const: 'latest' } }),
    digest: text('Digest. It wins over the tag', { pattern: '^(sha256:[a-f0-9]{64})?$' }),
    pullPolicy: { description: 'When the image is pulled', type: 'string', enum: ['Always', 'IfNotPresent', 'Never'] },
  });
}

export const pullSecrets = (): JsonSchema => ({
  description: 'Names of Secrets with which images are pulled',
  type: 'array',
  items: { type: 'string' },
});

/** Where pods may run. */
export function placement(): Record<string, JsonSchema> {
  return {
    priorityClassName: text('PriorityClass of the pods'),
    nodeSelector: texts('Labels of the nodes that pods may run on'),
    tolerations: kubernetesList('Taints that pods tolerate'),
    affinity: kubernetesObject('Affinity of the pods. Empty: away from each other where possible'),
    topologySpreadConstraints: kubernetesList('Spread of the pods. Empty: over zones and nodes where possible'),
  };
}

export function pdb(): JsonSchema {
  return object('PodDisruptionBudget', {
    enabled: flag('Whether it is made'),
    maxUnavailable: { description: 'So many pods may be away at once', type: ['integer', 'string'] },
    minAvailable: {
      description: 'So many pods stay, in place of maxUnavailable',
      type: ['integer', 'string', 'null'],
    },
  });
}

export function autoscaling(more: Record<string, JsonSchema> = {}): JsonSchema {
  return object('HorizontalPodAutoscaler', {
    enabled: flag('Whether it is made. It replaces replicas'),
    minReplicas: count('At least so many pods', 1),
    maxReplicas: count('At most so many pods', 1),
    targetCPUUtilizationPercentage: count('CPU that pods are to use on average, percent of the request', 1, 1000),
    behavior: kubernetesObject('How fast it scales'),
    ...more,
  });
}

/** A Service that may be reached from outside: its ports are added by the chart. */
export function service(description: string, ports: Record<string, JsonSchema>): JsonSchema {
  return object(description, {
    type: { description: 'Type of the Service', type: 'string', enum: ['ClusterIP', 'NodePort', 'LoadBalancer'] },
    ...ports,
    annotations: texts('Its annotations'),
    externalTrafficPolicy: {
      description: 'Local keeps the address of the client; without effect for ClusterIP',
      type: 'string',
      enum: ['Cluster', 'Local'],
    },
    loadBalancerClass: text('Class of the load balancer'),
    loadBalancerSourceRanges: {
      description: 'Networks that the load balancer lets in',
      type: 'array',
      items: { type: 'string' },
    },
  });
}

/** Jobs before the app. */
export function migrations(description: string): JsonSchema {
  return object(description, {
    enabled: flag('Whether the jobs run'),
    serviceAccountName: text('ServiceAccount of the jobs, which must exist before them'),
    backoffLimit: count('A job is tried again this many times', 0),
    activeDeadlineSeconds: count('A job may take this long with all its tries, seconds', 1),
    ttlSecondsAfterFinished: count('A job that ended is kept for this long, seconds', 0),
    resources: kubernetesObject('Requests and limits of the jobs'),
  });
}

export function keda(): JsonSchema {
  return object('ScaledObject of KEDA: scales by the lag of the consumer group. Not together with autoscaling', {
    enabled: flag('Whether it is made. It replaces replicas'),
    minReplicas: count('At least so many pods', 0),
    maxReplicas: count('At most so many pods. Beyond the number of partitions they have nothing to read', 1),
    lagThreshold: count('Messages of lag that one pod is to have at most', 1),
    pollingInterval: count('KEDA looks at this interval, seconds', 1),
    cooldownPeriod: count('It waits this long before it goes to zero, seconds', 0),
    behavior: kubernetesObject('How fast it scales'),
  });
}

function networkPolicy(): JsonSchema {
  const peers = 'Peers of a NetworkPolicy';
  return object('NetworkPolicy: nothing comes in and nothing goes out but what is listed', {
    enabled: flag('Whether it is made'),
    clients: kubernetesList(`${peers} that may reach the ports for clients. Empty: everybody`),
    monitoring: kubernetesList(`${peers} that may reach the ops port. Probes of the kubelet always may`),
    dns: kubernetesList(`${peers} that are asked for names. Empty: everybody, on port 53`),
    destinations: {
      description: 'What the app connects to, by name',
      type: 'object',
      additionalProperties: object('A destination. null closes it', {
        ports: { description: 'Its ports', type: 'array', minItems: 1, items: portNumber('A port') },
        to: kubernetesList(`${peers} that stand for it. Empty: every address on these ports`),
      }),
    },
    extraIngress: kubernetesList('More rules for what comes in'),
    extraEgress: kubernetesList('More rules for what goes out'),
  });
}
