import { count, flag, kubernetesList, kubernetesObject, object, portNumber, text, texts } from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';
import { autoscaling, image, keda, migrations, pdb, placement, service } from './workload.ts';

/** The apps that have a chart of their own. Their `config.js` exports `configSchema`. */
export const APPS = ['ws-edge', 'command-api', 'clickhouse-ingestor', 'webhook-dispatcher'] as const;

export type App = (typeof APPS)[number];

/** What the chart of one app takes and no other. */
export const OWN_VALUES: Record<App, Record<string, JsonSchema>> = {
  'ws-edge': {
    service: service('Service of the pods, where no Envoy is in front of them', {
      port: portNumber('Its port without TLS'),
      tlsPort: portNumber('Its port with TLS'),
    }),
    tls: object('TLS of the pods themselves, where no Envoy is in front of them: security profiles 2 and 3', {
      enabled: flag('Whether pods listen with TLS'),
      secrets: {
        description: 'Secrets with tls.crt and tls.key: one with RSA and one with EC',
        type: 'array',
        items: { type: 'string' },
      },
      clientCaSecret: text('Secret whose ca.crt has issued the certificates of the chargers: security profile 3'),
    }),
    clusterDomain: text('Domain of the cluster in names of Services'),
    envoy: envoy(),
    autoscaling: autoscaling({
      connections: object('Connections as a second measure, by an adapter for metrics of pods', {
        enabled: flag('Whether they count'),
        metricName: text('The metric of the pods'),
        targetAverageValue: count('Connections that pods are to hold on average', 1),
      }),
    }),
    migrations: migrations('Jobs before the app: Postgres migrations and Kafka topics'),
  },
  'command-api': {
    service: service('Service of REST and gRPC', {
      restPort: portNumber('Port of REST'),
      grpcPort: portNumber('Port of gRPC'),
    }),
    ingress: object('Ingress, for REST and for gRPC', {
      rest: ingress('Ingress of REST'),
      grpc: ingress('Ingress of gRPC. Most controllers need an annotation for it'),
    }),
    gateway: object('Routes of the Gateway API, for REST and for gRPC', {
      rest: route('HTTPRoute of REST'),
      grpc: route('GRPCRoute of gRPC'),
    }),
    autoscaling: autoscaling(),
  },
  'clickhouse-ingestor': {
    autoscaling: autoscaling(),
    keda: keda(),
    migrations: migrations('Job before the app: ClickHouse DDL'),
  },
  'webhook-dispatcher': { autoscaling: autoscaling(), keda: keda() },
};

function ingress(description: string): JsonSchema {
  return object(description, {
    enabled: flag('Whether it is made'),
    className: text('Its class'),
    annotations: texts('Its annotations'),
    path: text('Prefix of the paths'),
    hosts: { description: 'Host names', type: 'array', items: { type: 'string' } },
    tls: kubernetesList('Hosts and Secrets of TLS'),
  });
}

function route(description: string): JsonSchema {
  return object(description, {
    enabled: flag('Whether it is made'),
    annotations: texts('Its annotations'),
    parentRefs: kubernetesList('The Gateways that it belongs to'),
    hostnames: { description: 'Host names', type: 'array', items: { type: 'string' } },
  });
}

function envoy(): JsonSchema {
  return object('Envoy in front of the pods: docs/envoy.md. It takes the TLS of the chargers off', {
    enabled: flag('Whether it is deployed. The pods then listen with mutual TLS only'),
    image: image('The image of Envoy'),
    replicas: count('Number of proxies while nothing scales them', 1),
    concurrency: count('Threads of a proxy', 1),
    logLevel: {
      description: 'Level of the log',
      type: 'string',
      enum: ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'],
    },
    preStopSleepSeconds: count(
      'Pause before a proxy ends, so that the load balancer sends chargers elsewhere, seconds',
      1,
    ),
    maxConnections: count('Chargers of a proxy at once. More are closed', 1),
    connectionsPerSecond: count('New connections of a proxy in a second. More are closed before the TLS handshake', 1),
    connectionBurst: count('New connections at once before connectionsPerSecond applies', 1),
    healthInterval: text('Envoy asks each pod at this interval whether it is ready', {
      pattern: '^[0-9]+(\\.[0-9]+)?s$',
    }),
    tls: object('Certificates that chargers see: RSA, EC or both, as a charger may know only one', {
      rsaSecret: text('Secret with tls.crt and tls.key, RSA'),
      ecSecret: text('Secret with tls.crt and tls.key, EC'),
      certManager: object('Certificates of cert-manager in place of these', {
        enabled: flag('Whether cert-manager makes them'),
        issuerRef: kubernetesObject('The issuer'),
        dnsNames: { description: 'Names that chargers connect to', type: 'array', items: { type: 'string' } },
        algorithms: {
          description: 'Kinds of keys',
          type: 'array',
          minItems: 1,
          items: { type: 'string', enum: ['rsa', 'ec'] },
        },
      }),
    }),
    mtls: object('Mutual TLS between Envoy and the pods', {
      serverName: text('DNS name in the certificate of the pods', { minLength: 1 }),
      serverSecret: text('Secret with tls.crt and tls.key of the pods'),
      clientSecret: text('Secret with tls.crt and tls.key of Envoy'),
      serverCaSecret: text('Secret whose ca.crt has issued the certificate of the pods. Empty: clientSecret'),
      clientCaSecret: text(
        'Secret whose ca.crt has issued the certificate of Envoy, and no other. Empty: serverSecret',
      ),
      certManager: object('Certificates of an authority of this release alone, made by cert-manager', {
        enabled: flag('Whether cert-manager makes them'),
        caDuration: text('How long the authority is valid'),
        duration: text('How long the certificates are valid'),
        renewBefore: text('They are renewed so long before their end'),
      }),
    }),
    plain: object('A port without TLS', {
      enabled: flag('Whether chargers may connect without TLS'),
      port: portNumber('Its port of the Service'),
    }),
    service: service('Service of Envoy', { port: portNumber('Its port with TLS') }),
    resources: kubernetesObject('Requests and limits of the container'),
    autoscaling: autoscaling(),
    pdb: pdb(),
    podAnnotations: texts('Annotations of the pods'),
    podLabels: texts('More labels of the pods'),
    ...placement(),
  });
}
