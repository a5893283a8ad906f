import { output } from '../run.ts';

/** Programs that build an image from a Dockerfile, in the order in which they are tried. */
export const ENGINES = ['docker', 'podman', 'buildah'] as const;
export type Engine = (typeof ENGINES)[number];

/** What tells that an engine can build: the client of docker alone cannot. */
const PROBES: Record<Engine, readonly string[]> = {
  docker: ['version', '--format', '{{.Server.Version}}'],
  podman: ['version'],
  buildah: ['version'],
};

/** The first engine that works here. @throws Error saying what to install */
export async function findEngine(probe = answers): Promise<Engine> {
  for (const engine of ENGINES) if (await probe(engine)) return engine;
  throw new Error(
    'no engine can build an image here. Start Docker, or install podman or buildah (Debian: apt-get install podman buildah runc)',
  );
}

function answers(engine: Engine): Promise<boolean> {
  return output(engine, PROBES[engine]).then(
    () => true,
    () => false,
  );
}
