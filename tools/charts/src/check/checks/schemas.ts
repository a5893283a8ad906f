import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../command.ts';
import { describe } from '../charts.ts';
import type { Check, Context } from '../context.ts';
import { inParallel } from '../in-parallel.ts';
import { KUBERNETES_VERSIONS, schemaFile, writeForKubeconform } from '../kubernetes-schemas.ts';
import type { Manifest } from '../manifests.ts';

interface Documents {
  readonly name: string;
  readonly manifests: readonly Manifest[];
}

/** Every document once, with the render that has it first: most are alike in all of them. */
export function distinct(rendered: Context['rendered']): Documents[] {
  const seen = new Set<string>();
  return rendered.map(({ variant, manifests }) => ({
    name: describe(variant),
    manifests: manifests.filter((one) => {
      const text = JSON.stringify(one);
      return !seen.has(text) && seen.add(text);
    }),
  }));
}

/** As JSON, which every reader of YAML takes alike: some take a bare `no` for false. */
async function write(
  folder: string,
  documents: readonly Documents[],
  wanted: (one: Manifest) => boolean,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const files: string[] = [];
  for (const { name, manifests } of documents) {
    const text = manifests.filter(wanted).map((one) => `---\n${JSON.stringify(one)}\n`);
    if (!text.length) continue;
    const file = join(folder, `${name}.yaml`);
    await writeFile(file, text.join(''));
    files.push(file);
  }
  return files;
}

function isCustom({ customSchemas }: Context, { kind, apiVersion }: Manifest): boolean {
  return existsSync(join(customSchemas, schemaFile(kind, apiVersion)));
}

export const kubernetesValidate: Check = {
  title: `kubernetes-validate --strict, ${KUBERNETES_VERSIONS.join(', ')}`,
  run: async (context) => {
    const documents = distinct(context.rendered);
    const files = await write(join(context.folder, 'built-in'), documents, (one) => !isCustom(context, one));
    const problems = await inParallel(KUBERNETES_VERSIONS, async (version) => {
      const args = ['-m', 'kubernetes_validate', '--strict', '--quiet', '-k', version, ...files];
      const { code, stdout, stderr } = await run('python3', args, { env: { PYTHONPATH: context.validator.program } });
      return code === 0 ? [] : [(stdout + stderr).trim()];
    });
    const count = documents.flatMap(({ manifests }) => manifests).filter((one) => !isCustom(context, one)).length;
    return { extent: `${count} documents`, problems: problems.flat() };
  },
};

export const kubeconform: Check = {
  title: 'kubeconform -strict, the same versions and custom resources',
  run: async (context) => {
    const documents = distinct(context.rendered);
    const files = await write(join(context.folder, 'all-kinds'), documents, () => true);
    const all = documents.flatMap(({ manifests }) => manifests);
    const schemas = join(context.folder, 'schemas');
    await writeForKubeconform(context.validator, all, schemas);
    const template = '{{ .ResourceKind }}{{ .KindSuffix }}.json';
    const problems = await inParallel(KUBERNETES_VERSIONS, async (version) => {
      const places = [
        `${schemas}/{{ .NormalizedKubernetesVersion }}/${template}`,
        `${context.customSchemas}/${template}`,
      ];
      const args = ['-strict', '-kubernetes-version', version, ...places.flatMap((one) => ['-schema-location', one])];
      const { code, stdout, stderr } = await run(context.tools.kubeconform, [...args, ...files]);
      return code === 0 ? [] : [`Kubernetes ${version}: ${(stdout + stderr).trim()}`];
    });
    const custom = all.filter((one) => isCustom(context, one)).length;
    return { extent: `${all.length} documents, ${custom} of them custom resources`, problems: problems.flat() };
  },
};
