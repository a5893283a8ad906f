import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@ocpp-gw/rig/settings';
import { output } from '../run.ts';
import { localImages, type BuildImages } from './local-images.ts';

const PULLED_WITHIN_S = '900';

/** The defaults that a Dockerfile gives to its arguments, such as BASE_IMAGE. */
export function defaultsOf(dockerfile: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...dockerfile.matchAll(/^ARG (\w+)=(\S+)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
}

/** What a build starts from: what was asked for, else the defaults of docker/Dockerfile, else images made here. */
export async function startingImages(
  given: Partial<BuildImages>,
  report: (message: string) => void,
): Promise<BuildImages> {
  const defaults = defaultsOf(readFileSync(join(ROOT, 'docker/Dockerfile'), 'utf8'));
  const wanted = {
    base: given.base ?? defaults['BASE_IMAGE'] ?? '',
    builder: given.builder ?? defaults['BUILDER_IMAGE'] ?? '',
  };
  const unknown = await Promise.all(
    [wanted.base, wanted.builder].map(async (image) => ((await canHave(image)) ? [] : [image])),
  );
  const missing = unknown.flat();
  if (missing.length === 0) return wanted;
  const asked = missing.filter((image) => image === given.base || image === given.builder);
  if (asked.length > 0) throw new Error(`there is no image ${asked.join(', ')} here, and it cannot be pulled`);
  report(`${missing.join(' and ')} cannot be pulled: stand-ins are made here`);
  return { ...(await localImages(report)), ...given };
}

/** Whether podman has an image, or gets it from its registry. */
async function canHave(image: string): Promise<boolean> {
  const works = (file: string, args: readonly string[]): Promise<boolean> =>
    output(file, args).then(
      () => true,
      () => false,
    );
  if (await works('podman', ['image', 'exists', image])) return true;
  return works('timeout', [PULLED_WITHIN_S, 'podman', 'pull', '--quiet', image]);
}
