import { APPS, type App } from '@ocpp-gw/rig/settings';
import { REGISTRY, build, currentRevision, currentVersion, imageName, type BuildOptions } from './build/build.ts';
import { findEngine } from './build/engine.ts';
import { command, withoutEmpty, type BuildFlags, type SmokeFlags } from './command-line.ts';
import { lintDockerfiles } from './lint/lint.ts';
import { startingImages } from './local/starting-images.ts';
import { output } from './run.ts';
import { renderTable } from './smoke/report.ts';
import { smoke } from './smoke/smoke.ts';

const report = (message: string): void => console.log(`images: ${message}`);

async function optionsOf(flags: BuildFlags): Promise<BuildOptions> {
  const version = currentVersion();
  return { registry: REGISTRY, tag: version, ...flags, version, revision: await currentRevision() };
}

async function buildOne(given: BuildFlags): Promise<void> {
  const options = await optionsOf(withoutEmpty(given));
  const engine = await findEngine();
  await build(engine, options);
  report(`${imageName(options)} is built, by ${engine}`);
}

async function lint(): Promise<void> {
  await lintDockerfiles();
  report('hadolint has no findings');
}

async function smokeAll(given: SmokeFlags): Promise<void> {
  const flags = withoutEmpty(given);
  await output('podman', ['version']).catch(() => {
    throw new Error('podman is missing: apt-get install podman buildah runc debootstrap');
  });
  await lint();
  const names = { registry: 'localhost/ocpp-gw', tag: 'smoke' };
  const images = await startingImages(flags, report);
  // Steps of a build in a chroot need no OCI runtime, and so work inside another container, too.
  const env = { BUILDAH_ISOLATION: 'chroot', ...process.env };
  for (const app of APPS) await build('podman', await optionsOf({ ...names, ...images, app }), env);
  const runtime =
    flags.runtime ??
    (await output('runc', ['--version']).then(
      () => 'runc',
      () => undefined,
    ));
  const imageOf = (app: App): string => imageName({ ...names, app });
  const { lines, faults } = await smoke({ imageOf, report, ...(runtime && { runtime }) });
  console.log(`\n${renderTable(lines)}\n`);
  for (const fault of faults) console.error(`images: ${fault}`);
  report(faults.length === 0 ? 'nothing is wrong' : `${faults.length} faults`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

try {
  await command({ build: buildOne, lint, smoke: smokeAll }).parseAsync();
} catch (error) {
  console.error(`images: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
