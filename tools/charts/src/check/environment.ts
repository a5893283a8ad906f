import type { Manifest } from './manifests.ts';

interface Container {
  name: string;
  image: string;
  env?: { name: string; value?: string; valueFrom?: { secretKeyRef?: KeyRef; configMapKeyRef?: KeyRef } }[];
  envFrom?: { prefix?: string; configMapRef?: { name: string }; secretRef?: { name: string } }[];
}

interface KeyRef {
  name: string;
  key: string;
}

/** The containers of a workload's pods. */
export function containersOf(manifest: Manifest): Container[] {
  const spec = manifest['spec'] as { template?: { spec?: { containers?: Container[] } } } | undefined;
  return spec?.template?.spec?.containers ?? [];
}

/** What a container's process will find in its environment, by the ConfigMaps and Secrets of the same release. */
export function environmentOf(container: Container, manifests: readonly Manifest[]): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const { prefix = '', configMapRef, secretRef } of container.envFrom ?? []) {
    const data = configMapRef
      ? dataOf('ConfigMap', configMapRef.name, manifests)
      : dataOf('Secret', secretRef?.name, manifests);
    for (const [name, value] of Object.entries(data)) environment[prefix + name] = value;
  }
  for (const { name, value, valueFrom } of container.env ?? []) {
    const [kind, ref] = valueFrom?.secretKeyRef
      ? ['Secret', valueFrom.secretKeyRef]
      : ['ConfigMap', valueFrom?.configMapKeyRef];
    const found = value ?? (ref && dataOf(kind as string, ref.name, manifests)[ref.key]);
    if (found !== undefined) environment[name] = found;
  }
  return environment;
}

function dataOf(kind: string, name: string | undefined, manifests: readonly Manifest[]): Record<string, string> {
  const found = manifests.find((one) => one.kind === kind && one.metadata.name === name);
  const encoded = (found?.['data'] ?? {}) as Record<string, string>;
  if (kind === 'ConfigMap') return encoded;
  const decoded = Object.entries(encoded).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]);
  return { ...Object.fromEntries(decoded), ...(found?.['stringData'] as Record<string, string> | undefined) };
}
