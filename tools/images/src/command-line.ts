import { Command, Option } from 'commander';
import { APPS, type App } from '@ocpp-gw/rig/settings';
import { REGISTRY } from './build/build.ts';

export interface Images {
  base?: string;
  builder?: string;
}

export interface BuildFlags extends Images {
  app: App;
  registry?: string;
  tag?: string;
}

export interface SmokeFlags extends Images {
  runtime?: string;
}

export interface Work {
  build: (flags: BuildFlags) => Promise<void>;
  lint: () => Promise<void>;
  smoke: (flags: SmokeFlags) => Promise<void>;
}

export function command(work: Work): Command {
  const program = new Command('images').description('Builds, checks and tries the container images of the apps');
  const base = (): Option =>
    new Option('--base <image>', 'what the image stands on; the one of docker/Dockerfile when absent');
  const builder = (): Option =>
    new Option('--builder <image>', 'has node and npm, and builds; the one of docker/Dockerfile when absent');
  program
    .command('build')
    .description('build the image of one app with docker, else podman, else buildah')
    .addOption(new Option('--app <name>', 'which').choices(APPS).makeOptionMandatory())
    .option('--registry <prefix>', `where it would be pushed; ${REGISTRY} when absent`)
    .option('--tag <tag>', 'the version of package.json when absent')
    .addOption(base())
    .addOption(builder())
    .action(work.build);
  program.command('lint').description('check the Dockerfiles with hadolint, from PyPI').action(work.lint);
  program
    .command('smoke')
    .description(
      'build all four with podman, run them without any privilege against real engines, let a charger of each protocol\n' +
        'do a session, and end them. Images that cannot be pulled are made with debootstrap. Exits 0 when nothing is wrong.',
    )
    .option('--runtime <name>', 'OCI runtime of podman; runc if it is installed')
    .addOption(base())
    .addOption(builder())
    .action(work.smoke);
  return program;
}

/** An empty value of a make variable counts as none. */
export function withoutEmpty<T extends object>(flags: T): T {
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== '')) as T;
}
