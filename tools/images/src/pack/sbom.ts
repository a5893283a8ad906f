import type { Package } from './closure.ts';
import { licenseOf } from './manifest.ts';

/** What is used of package-lock.json. */
export interface Lock {
  packages: Readonly<Record<string, { integrity?: string }>>;
}

interface SbomInput {
  app: string;
  packages: readonly Package[];
  lock: Lock;
  nodeVersion: string;
}

/**
 * CycloneDX 1.6 of what an image holds in /app, and of node. It has neither a time nor a serial number: the same packages
 * give the same file. npm's own (`npm sbom`) refuses a tree in which an optional peer has another version, as typeorm's here.
 */
export function createSbom({ app, packages, lock, nodeVersion }: SbomInput): object {
  const node = `pkg:generic/node@${nodeVersion}`;
  const root = packages.find(({ path }) => path === `apps/${app}`);
  if (!root) throw new Error(`${app} is not among its packages`);
  const refs = new Map(packages.map(({ path, manifest }) => [path, refOf(path, manifest)]));
  const others = packages.filter((one) => one !== root);
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { ...componentOf(root, lock), type: 'application' } },
    components: [
      ...others.map((one) => componentOf(one, lock)),
      {
        type: 'application',
        'bom-ref': node,
        name: 'node',
        version: nodeVersion,
        purl: node,
        licenses: licenses('MIT'),
      },
    ],
    dependencies: [
      ...packages.map((one) => ({
        ref: refs.get(one.path),
        dependsOn: [...one.needs.map((path) => refs.get(path)), ...(one === root ? [node] : [])],
      })),
      { ref: node, dependsOn: [] },
    ],
  };
}

function componentOf({ path, manifest, ours }: Package, lock: Lock): object {
  const { name, version, description, homepage } = manifest;
  const integrity = lock.packages[path]?.integrity;
  return {
    type: 'library',
    'bom-ref': refOf(path, manifest),
    name,
    version,
    ...(description && { description }),
    // Ours are in no registry.
    ...(!ours && { purl: purlOf(manifest) }),
    ...(integrity?.startsWith('sha512-') && { hashes: [{ alg: 'SHA-512', content: hex(integrity) }] }),
    licenses: licenses(licenseOf(manifest)),
    ...(homepage && { externalReferences: [{ type: 'website', url: homepage }] }),
    properties: [{ name: 'ocpp-gw:path', value: `/app/${path}` }],
  };
}

/** The path tells two copies of one version apart. */
function refOf(path: string, { name, version }: Package['manifest']): string {
  return `${name}@${version}|${path}`;
}

function purlOf({ name, version }: Package['manifest']): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

function licenses(expression: string): object[] {
  return /^UNKNOWN$|^SEE LICENSE/.test(expression) ? [{ license: { name: expression } }] : [{ expression }];
}

function hex(integrity: string): string {
  return Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex');
}
