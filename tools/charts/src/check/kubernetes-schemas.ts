/** Schemas of Kubernetes' own kinds, of the versions that PyPI's kubernetes-validate bundles. Everything is read offline. */
import { fillOnce } from '@ocpp-gw/data-plane';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun } from './command.ts';
import { findOr, PYTHON_REMEDY, type Report } from './toolchain.ts';

const VALIDATOR = { version: '1.37.0', key: 'kubernetes-validate-1.37.0', title: 'kubernetes-validate 1.37.0' };

/** The oldest supported, one between, and the newest. */
export const KUBERNETES_VERSIONS = ['1.30.0', '1.33.0', '1.37.0'] as const;

export interface Validator {
  /** `kubernetes-validate` */
  readonly program: string;
  /** The folder with a folder of schemas for each version. */
  readonly schemas: string;
}

export async function installValidator(report: Report): Promise<Validator> {
  const folder = await fillOnce(VALIDATOR, `installing ${VALIDATOR.title} from PyPI`, report, async (partial) => {
    const python = await findOr('python3', `${VALIDATOR.title} needs python3: ${PYTHON_REMEDY}`);
    // Not a virtual environment: that holds its own absolute path, and this folder is renamed when it is complete.
    const source = `kubernetes-validate==${VALIDATOR.version}`;
    await mustRun(python, ['-m', 'pip', 'install', '--quiet', '--no-compile', '--target', partial, source]);
  });
  return { program: folder, schemas: join(folder, 'kubernetes_validate', 'kubernetes-json-schema') };
}

interface Schema {
  $defs?: Record<string, unknown>;
  [key: string]: unknown;
}

/** From a kind's file into the definitions, or within these. */
const REFERENCE = /^(?:\/api\/_definitions\.json)?#\/\$defs\/(.+)$/;

/** One schema that refers to nothing outside: kubeconform reads each kind's file alone. */
export function selfContained(schema: Schema, definitions: Readonly<Record<string, unknown>>): Schema {
  const needed: Record<string, unknown> = {};
  const local = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(local);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => {
        const name = key === '$ref' && typeof value === 'string' ? REFERENCE.exec(value)?.[1] : undefined;
        if (name === undefined) return [key, local(value)];
        if (!(name in needed)) {
          // A definition may refer to itself: it is known before its own references are followed.
          needed[name] = true;
          needed[name] = local(definitions[name]);
        }
        return [key, `#/$defs/${name}`];
      }),
    );
  };
  const { $id: _identifier, ...rest } = local(schema) as Schema;
  return { ...rest, $defs: needed };
}

/** As kubeconform's template names it: `deployment-apps-v1.json`. */
export function schemaFile(kind: string, apiVersion: string): string {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  return `${[kind.toLowerCase(), group?.split('.')[0], version].filter(Boolean).join('-')}.json`;
}

/** Writes the schemas of `kinds` for kubeconform, for each version. Kinds without one are left to kubeconform to report. */
export async function writeForKubeconform(
  validator: Validator,
  kinds: Iterable<{ kind: string; apiVersion: string }>,
  target: string,
): Promise<void> {
  const files = new Set([...kinds].map(({ kind, apiVersion }) => schemaFile(kind, apiVersion)));
  for (const version of KUBERNETES_VERSIONS) {
    const source = join(validator.schemas, bundled(validator, version));
    const { $defs } = JSON.parse(await readFile(join(source, '_definitions.json'), 'utf8')) as Schema;
    await mkdir(join(target, `v${version}`), { recursive: true });
    for (const file of files) {
      if (!existsSync(join(source, file))) continue;
      const schema = JSON.parse(await readFile(join(source, file), 'utf8')) as Schema;
      await writeFile(join(target, `v${version}`, file), JSON.stringify(selfContained(schema, $defs ?? {})));
    }
  }
}

function bundled(validator: Validator, version: string): string {
  const folder = `v${version}-local-strict`;
  if (readdirSync(validator.schemas).includes(folder)) return folder;
  throw new Error(`${VALIDATOR.title} has no schemas of Kubernetes ${version}`);
}
