import { APPS, type App } from '@ocpp-gw/rig/settings';
import { COMMANDS } from '../apps.ts';
import { NONROOT } from '../local/packages.ts';
import { isDevelopmentFile } from '../pack/left-out.ts';
import type { Image } from './image.ts';

export const LARGEST_BYTES = 200_000_000;

const SHELL = /\/(ba|da|a|z|k|c|tc|fi)?sh$|\/busybox$|\/toybox$/;
const PACKAGE_MANAGER = /\/(apt|apt-get|dpkg|rpm|apk|npm|npx|yarn|corepack)$/;
const LABELS = ['title', 'version', 'revision', 'source', 'licenses'].map((name) => `org.opencontainers.image.${name}`);
/** Whose absence would not be noticed before somebody needs them. */
const TEST_TOOLS =
  /\/node_modules\/(jest|@jest|@swc|typescript|eslint|nx|@nx|fast-check|@nestjs\/testing|@ocpp-gw\/testing)\//;

/** What is wrong with an image, whatever it does when it runs. Nothing when it is as it should be. */
export function imageFaults(app: App, image: Image): string[] {
  return [
    ...sizeFaults(image),
    ...identityFaults(app, image),
    ...listed(
      'holds a shell',
      image.files.filter((file) => SHELL.test(file)),
    ),
    ...listed(
      'holds a package manager',
      image.files.filter((file) => PACKAGE_MANAGER.test(file)),
    ),
    ...contentFaults(app, image),
    ...sbomFaults(image),
  ];
}

function sizeFaults({ sizeBytes }: Image): string[] {
  return sizeBytes < LARGEST_BYTES ? [] : [`has ${sizeBytes} bytes; it may have ${LARGEST_BYTES}`];
}

function identityFaults(app: App, { user, labels }: Image): string[] {
  const missing = LABELS.filter((label) => !labels[label]).map((label) => `has no label ${label}`);
  if (labels['org.opencontainers.image.title'] !== app) missing.push(`does not have the title ${app}`);
  return user === `${NONROOT}:${NONROOT}` ? missing : [...missing, `runs as "${user}", not as ${NONROOT}:${NONROOT}`];
}

function contentFaults(app: App, { files, manifests }: Image): string[] {
  const inApp = files.filter((file) => file.startsWith('/app/'));
  const others = APPS.filter((other) => other !== app);
  const ours = Object.entries(manifests).filter(([path]) => !path.includes('/node_modules/'));
  const entries = [
    ...Object.keys(COMMANDS[app]),
    'ready.js',
    'LICENSE',
    'NOTICE',
    'THIRD-PARTY-NOTICES',
    'sbom.cdx.json',
  ];
  return [
    ...entries.filter((entry) => !files.includes(`/app/${entry}`)).map((entry) => `lacks /app/${entry}`),
    ...listed(
      'holds sources or tests',
      inApp.filter((file) => isDevelopmentFile(file)),
    ),
    ...listed(
      'holds tools for tests',
      inApp.filter((file) => TEST_TOOLS.test(file)),
    ),
    ...others
      .filter((other) =>
        files.some((file) => file.startsWith(`/app/apps/${other}/`) || file.includes(`/@ocpp-gw/${other}`)),
      )
      .map((other) => `holds the app ${other}`),
    ...ours.filter(([, { devDependencies }]) => devDependencies).map(([path]) => `${path} names devDependencies`),
  ];
}

interface Listed {
  components: { name: string; version: string; purl?: string }[];
}

/** Every package that is there is in the SBOM and the notices, and none that is not. */
function sbomFaults({ sbom, notices, manifests }: Image): string[] {
  const installed = new Set(
    Object.entries(manifests)
      .filter(
        ([path, { name, version }]) => name && version && /\/node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(path),
      )
      .map(([, { name, version }]) => `${name} ${version}`),
  );
  const components = (JSON.parse(sbom) as Listed).components.filter(({ purl }) => purl?.startsWith('pkg:npm/'));
  const inSbom = new Set(components.map(({ name, version }) => `${name} ${version}`));
  const texts = notices.split('\n');
  return [
    ...listed(
      'has packages that its SBOM lacks',
      [...installed].filter((one) => !inSbom.has(one)),
    ),
    ...listed(
      'has not what its SBOM lists',
      [...inSbom].filter((one) => !installed.has(one)),
    ),
    ...listed(
      'has packages without a notice',
      [...installed].filter((one) => !texts.includes(one)),
    ),
  ];
}

function listed(what: string, found: readonly string[]): string[] {
  const more = found.length > 3 ? ` and ${found.length - 3} more` : '';
  return found.length === 0 ? [] : [`${what}: ${found.slice(0, 3).join(', ')}${more}`];
}
