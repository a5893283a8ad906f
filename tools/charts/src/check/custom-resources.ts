/**
 * Schemas of custom resources: the definitions that their operators are installed with, out of the operators' own Go
 * modules (ADR 0046 says why not from npm). Made strict: a field that the definition lacks is refused.
 */
import { fillOnce } from '@ocpp-gw/data-plane';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { schemaFile } from './kubernetes-schemas.ts';
import { downloadModule, findGo, type Report } from './toolchain.ts';

interface Operator {
  readonly module: string;
  readonly version: string;
  /** Where its definitions lie in the module. */
  readonly folder: string;
}

export const OPERATORS: readonly Operator[] = [
  {
    module: 'github.com/prometheus-operator/prometheus-operator',
    version: 'v0.85.0',
    folder: 'example/prometheus-operator-crd',
  },
  { module: 'github.com/kedacore/keda/v2', version: 'v2.20.2', folder: 'config/crd/bases' },
  { module: 'github.com/external-secrets/external-secrets', version: 'v1.3.2', folder: 'config/crds/bases' },
  { module: 'github.com/cert-manager/cert-manager', version: 'v1.21.2', folder: 'deploy/crds' },
  { module: 'sigs.k8s.io/gateway-api', version: 'v1.4.1', folder: 'config/crd/standard' },
];

interface Definition {
  kind?: string;
  spec: { group: string; names: { kind: string }; versions: { name: string; schema?: { openAPIV3Schema: Node } }[] };
}

type Node = Record<string, unknown>;

/** What an API server refuses with strict field validation: fields that the definition does not list. */
export function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const node = schema as Node;
  const out: Node = {};
  for (const [key, value] of Object.entries(node)) {
    out[key] =
      key === 'properties'
        ? Object.fromEntries(Object.entries(value as Node).map(([name, one]) => [name, strict(one)]))
        : strict(value);
  }
  if (node['x-kubernetes-int-or-string']) return { ...out, type: ['integer', 'string'] };
  const open = node['x-kubernetes-preserve-unknown-fields'] || node['additionalProperties'] !== undefined;
  if (node['properties'] && node['type'] === 'object' && !open) out['additionalProperties'] = false;
  return out;
}

/** The schema files of a definition: one for each version it serves. */
export function schemasOf(definition: Definition): [file: string, schema: unknown][] {
  const { group, names, versions } = definition.spec;
  return versions.flatMap(({ name, schema }) =>
    schema ? [[schemaFile(names.kind, `${group}/${name}`), strict(schema.openAPIV3Schema)]] : [],
  );
}

/** The folder with a schema file for each kind and version of every operator. */
export async function installCustomSchemas(report: Report): Promise<string> {
  const key = `custom-resources-${OPERATORS.map(({ version }) => version.slice(1)).join('-')}`;
  const thing = { key, title: 'the definitions of custom resources' };
  return fillOnce(thing, 'fetching the definitions of custom resources from Go modules', report, async (partial) => {
    const go = await findGo(thing.title);
    for (const operator of OPERATORS) {
      const folder = join(await downloadModule(go, operator, partial), operator.folder);
      for (const file of await readdir(folder)) {
        if (!file.endsWith('.yaml')) continue;
        for (const document of parseAllDocuments(await readFile(join(folder, file), 'utf8'))) {
          const definition = document.toJS() as Definition | null;
          if (definition?.kind !== 'CustomResourceDefinition') continue;
          for (const [name, schema] of schemasOf(definition))
            await writeFile(join(partial, name), JSON.stringify(schema));
        }
      }
    }
  });
}
