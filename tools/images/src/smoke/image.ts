import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesBelow } from '../files.ts';
import { output } from '../run.ts';

/** What an image is made of, and what it says of itself. */
export interface Image {
  sizeBytes: number;
  user: string;
  labels: Readonly<Record<string, string>>;
  /** Paths of its files and links, from the root. */
  files: readonly string[];
  /** Text of files in /app, by their names. */
  sbom: string;
  notices: string;
  /** The package.json files in /app, by their paths. */
  manifests: Readonly<Record<string, { name?: string; version?: string; devDependencies?: object }>>;
}

interface Inspected {
  Size: number;
  Config: { User: string; Labels: Record<string, string> };
}

/** Takes an image apart. */
export async function readImage(name: string): Promise<Image> {
  const [inspected] = JSON.parse(await output('podman', ['image', 'inspect', name])) as [Inspected];
  const folder = await mkdtemp(join(tmpdir(), 'ocpp-gw-image-'));
  try {
    await extract(name, folder);
    const files = filesBelow(folder).map((path) => `/${path}`);
    const text = (path: string): Promise<string> => readFile(join(folder, path), 'utf8');
    const manifests = files.filter((path) => /^\/app\/(.*\/)?package\.json$/.test(path));
    return {
      sizeBytes: inspected.Size,
      user: inspected.Config.User,
      labels: inspected.Config.Labels,
      files: files.toSorted(),
      sbom: await text('app/sbom.cdx.json'),
      notices: await text('app/THIRD-PARTY-NOTICES'),
      manifests: Object.fromEntries(
        await Promise.all(manifests.map(async (path) => [path, JSON.parse(await text(path)) as object] as const)),
      ),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function extract(name: string, folder: string): Promise<void> {
  const container = (await output('podman', ['create', name])).trim();
  const packed = `${folder}.tar`;
  try {
    await output('podman', ['export', '--output', packed, container]);
    await output('tar', ['--extract', '--file', packed, '--directory', folder, '--no-same-owner']);
  } finally {
    await rm(packed, { force: true });
    await output('podman', ['rm', container]);
  }
}
