import { APPS, OWN_VALUES, type App } from './charts.ts';
import { count, flag, kubernetesList, kubernetesObject, object, text, texts, type JsonSchema } from './json-schema.ts';
import type { Variable } from './variables.ts';
import { image, pullSecrets, workload } from './workload.ts';

const DRAFT = 'http://json-schema.org/draft-07/schema#';

/** The value schema of an app's chart. Helm names the variable that is wrong or unknown. */
export function appSchema(app: App, variables: readonly Variable[]): JsonSchema {
  const properties = {
    ...workload(),
    common: libraryValues(),
    ...OWN_VALUES[app],
    global: globals('Values of the umbrella chart for all apps. An app takes those variables that it reads', {
      config: kubernetesObject('Variables that are no secrets'),
      secretConfig: kubernetesObject('Secrets'),
    }),
    config: configuration(variables),
    secretConfig: secrets(variables),
    ...secretSources(variables),
  };
  return {
    $schema: DRAFT,
    title: `Values of the chart ${app}`,
    ...object('', sorted(properties)),
    description: undefined,
  };
}

/** The value schema of the umbrella chart. The values of an app are checked by the schema of its own chart. */
export function umbrellaSchema(variables: readonly Variable[]): JsonSchema {
  const apps = APPS.map((app) => [app, kubernetesObject(`Values of the chart ${app}; enabled: false leaves it out`)]);
  const properties: Record<string, JsonSchema> = {
    ...(Object.fromEntries(apps) as Record<string, JsonSchema>),
    global: globals('Values for all apps', {
      config: configuration(variables, 'Variables for all apps that read them. config of an app is stronger'),
      secretConfig: secrets(variables, 'Secrets for all apps that read them, as plain text in the values: for trials'),
    }),
    dashboards: object('Dashboards of Grafana, in a ConfigMap that its sidecar finds', {
      enabled: flag('Whether they are made'),
      labels: texts('Labels of the ConfigMap. The sidecar of Grafana chooses by them'),
      annotations: texts('Annotations of the ConfigMap, such as the folder in Grafana'),
    }),
    trialEngines: trialEngines(),
    common: libraryValues(),
  };
  return {
    $schema: DRAFT,
    title: 'Values of the chart ocpp-gateway',
    ...object('', sorted(properties)),
    description: undefined,
  };
}

const libraryValues = (): JsonSchema => kubernetesObject('Not read: Helm puts the values of the library chart here');

function globals(description: string, settings: Record<string, JsonSchema>): JsonSchema {
  const trial = {
    enabled: flag('Whether the release brings Postgres, Redis, Kafka and ClickHouse. Not for production'),
  };
  // Other charts of an umbrella of somebody else may read globals of their own.
  return {
    ...object(description, {
      ...settings,
      existingSecret: text('Secret whose keys are variables, for all apps'),
      imagePullSecrets: pullSecrets(),
      trialEngines: object('Engines for a trial, one pod each', trial),
    }),
    additionalProperties: true,
  };
}

function configuration(
  variables: readonly Variable[],
  description = 'Variables of the configuration reference that are no secrets. A change rolls the pods',
): JsonSchema {
  const open = variables.filter(({ secrecy }) => secrecy !== 'secret');
  const properties = Object.fromEntries(open.map(({ name, schema }) => [name, fixed(name, schema)]));
  const secret = variables.filter(({ secrecy }) => secrecy === 'secret').map(({ name }) => name);
  // The templates refuse them, and say where they belong: a schema has no words of its own.
  const refused = { description: 'A secret: refused here, belongs in secretConfig or in a Secret' };
  return {
    ...object(description, properties),
    ...(secret.length > 0 ? { patternProperties: { [`^(${secret.join('|')})$`]: refused } } : {}),
  };
}

/** A Service and a probe need a port that is known. */
function fixed(name: string, schema: JsonSchema): JsonSchema {
  return name.endsWith('_PORT') ? { ...schema, minimum: 1 } : schema;
}

function secrets(
  variables: readonly Variable[],
  description = 'Secrets, and URLs with passwords, as plain text in the values: for trials',
): JsonSchema {
  const secret = variables.filter(({ secrecy }) => secrecy !== 'open');
  return object(description, Object.fromEntries(secret.map(({ name, schema }) => [name, schema])));
}

function secretSources(variables: readonly Variable[]): Record<string, JsonSchema> {
  const remote = { description: 'Where the secret store has it', type: 'object' } satisfies JsonSchema;
  const names = variables.map(({ name }) => [name, remote]);
  return {
    existingSecret: text('Secret whose keys are variables. It must exist before the release'),
    externalSecret: object('ExternalSecret of the External Secrets Operator', {
      enabled: flag('Whether it is made'),
      secretStoreRef: kubernetesObject('The secret store'),
      refreshInterval: text('The operator reads the secret store at this interval'),
      data: object('Where each variable is', Object.fromEntries(names) as Record<string, JsonSchema>),
      dataFrom: kubernetesList('Whole secrets whose keys are variables'),
    }),
  };
}

function trialEngines(): JsonSchema {
  const engine = (name: string): JsonSchema =>
    object(name, {
      image: image('Its image'),
      storage: text('Size of its volume. Empty: none, and a restart loses all'),
      resources: kubernetesObject('Its requests and limits'),
    });
  return object('Engines that global.trialEngines.enabled deploys: one pod each, weak passwords, no backup', {
    storageClassName: text('StorageClass of the volumes'),
    runAsUser: count('User of the engines, in place of the one that each image is made for', 1),
    postgres: engine('Postgres'),
    redis: engine('Redis'),
    kafka: engine('Kafka'),
    clickhouse: engine('ClickHouse'),
  });
}

function sorted(properties: Record<string, JsonSchema>): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1)));
}
