import { describe, expect, it } from '@jest/globals';
import { DCLinter } from 'dclint';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { ROOT } from '@ocpp-gw/rig/settings';
import { stringify } from 'yaml';
import { GATEWAY, OBSERVABILITY } from './files.ts';
import { mergeCompose, readCompose, type Service } from './testdata/compose-file.ts';

const gateway = readCompose(GATEWAY);
const observability = readCompose(OBSERVABILITY);
const merged = mergeCompose([gateway, observability]);
const services = Object.entries(merged.services);
const jobs = ['pg-migrate', 'ch-migrate', 'topics', 'certificates', 'envoy-config'];
const ours = ['ws-edge', 'command-api', 'clickhouse-ingestor', 'webhook-dispatcher', 'mock-backend'];
/** Its image holds one binary, which asks nothing. */
const uncheckable = ['otel-collector'];

/** Of dclint, whose own types cannot be resolved by Node's rules. */
interface Message {
  type: 'warning' | 'error';
  rule: string;
  message: string;
  line: number;
}

/** The schema of the Compose Specification is a rule of the linter; what is a matter of taste is off. */
function problemsOf(name: string, text: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'compose-lint-'));
  const file = join(folder, name);
  writeFileSync(file, text);
  try {
    // Services that run what another one builds name its image, so that one has both.
    const linter = new DCLinter({ rules: { 'no-build-and-image': 0 }, quiet: true, debug: false, exclude: [] });
    const [result] = linter.lintFiles([file], false);
    if (!result) throw new Error('nothing was linted');
    return (result.messages as Message[])
      .filter(({ type }) => type === 'error')
      .map(({ rule, message, line }) => `${line}: ${rule}: ${message}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the compose files', () => {
  it.each([
    ['compose.yaml', stringify(gateway)],
    ['compose.yaml with compose.observability.yaml', stringify(merged)],
  ])('%s follows the Compose Specification', (_, text) => {
    expect(problemsOf('compose.yaml', text)).toEqual([]);
  });

  it.each([GATEWAY, OBSERVABILITY])('%s parses before its variables are filled in', (file) => {
    const schemaErrors = problemsOf('compose.yaml', readFileSync(file, 'utf8')).filter((line) =>
      line.includes('schema'),
    );
    expect(schemaErrors).toEqual([]);
  });

  it('shows an error that is made on purpose', () => {
    const text = 'services:\n  one:\n    image: one:1\n    depends: [two]\n';
    expect(problemsOf('compose.yaml', text)).toEqual([expect.stringContaining('invalid-schema')]);
  });

  it('holds the engines, Envoy, the four services, the jobs, and what looks at them', () => {
    expect(services.map(([name]) => name).sort()).toEqual(
      [
        ...['postgres', 'redis', 'kafka', 'clickhouse', 'envoy', ...ours, ...jobs],
        ...['prometheus', 'grafana', 'otel-collector'],
      ].sort(),
    );
    expect(merged.services['ws-edge']?.deploy?.replicas).toBe(2);
  });
});

describe.each(services)('%s', (name, service: Service) => {
  it('has an image with a fixed version', () => {
    expect(service.image).toMatch(/^[\w./-]+:v?\d+\.[\w.-]+$/);
  });

  it('is restarted, and checked, unless it is a job', () => {
    expect(service.restart).toBe(jobs.includes(name) ? 'no' : 'unless-stopped');
    expect(service.healthcheck !== undefined).toBe(!jobs.includes(name) && !uncheckable.includes(name));
  });

  it('waits for jobs to end and for the others to be healthy', () => {
    for (const [needed, { condition }] of Object.entries(service.depends_on ?? {})) {
      expect(condition).toBe(jobs.includes(needed) ? 'service_completed_successfully' : 'service_healthy');
      if (condition === 'service_healthy') expect(merged.services[needed]?.healthcheck).toBeDefined();
    }
  });

  it('gains no privilege, and is on the one network', () => {
    expect(service.security_opt).toEqual(['no-new-privileges:true']);
    expect(service.networks).toEqual(['gateway']);
  });

  it('has limits unless it is a job', () => {
    const limits = service.deploy?.resources?.limits;
    expect(Object.keys(limits ?? {}).sort()).toEqual(jobs.includes(name) ? [] : ['cpus', 'memory']);
  });

  it('mounts volumes that are declared and files that are there', () => {
    for (const [source = ''] of (service.volumes ?? []).map((volume) => volume.split(':')))
      if (source.startsWith('.')) expect(existsSync(resolve(dirname(GATEWAY), source))).toBe(true);
      else expect(Object.keys(merged.volumes ?? {})).toContain(source);
  });
});

describe.each([...ours, ...jobs, 'envoy'])('%s', (name) => {
  const service = merged.services[name] as Service;

  it('cannot write to its root file system, and has no capability but to read files and give them away', () => {
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
    expect((service as { cap_add?: string[] }).cap_add).toEqual(
      name === 'certificates' ? ['CHOWN', 'DAC_OVERRIDE'] : undefined,
    );
  });

  it('is not root, unless it writes to a volume for others', () => {
    expect(service.user).toBe({ certificates: '0:0', 'envoy-config': '0:0', envoy: '101:101' }[name]);
  });
});

describe('the images of ours', () => {
  it.each(ours)('%s is built from a file that is there', (name) => {
    const { build, image } = merged.services[name] as Service;
    expect(resolve(dirname(GATEWAY), build?.context ?? '')).toBe(ROOT);
    const { version } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(image.endsWith(`/${name}:${version}`)).toBe(true);
    if (name !== 'mock-backend') expect(build?.args).toEqual({ APP: name, VERSION: version });
    const dockerfile = readFileSync(resolve(ROOT, build?.dockerfile ?? ''), 'utf8');
    for (const argument of Object.keys(build?.args ?? {}))
      expect(dockerfile).toMatch(new RegExp(`^ARG ${argument}\\b`, 'm'));
  });

  it.each(jobs.filter((job) => job !== 'certificates'))('%s runs in an image that a service builds', (job) => {
    const built = ours.map((name) => merged.services[name]?.image);
    expect(built).toContain(merged.services[job]?.image);
  });
});

describe('ports on this machine', () => {
  const published = services.flatMap(([name, { ports = [] }]) => ports.map((port) => ({ name, port })));

  it('are given once each, and Envoy alone listens for others', () => {
    const hostPorts = published.map(({ port }) => port.split(':').at(-2));
    expect(new Set(hostPorts).size).toBe(hostPorts.length);
    expect(published.filter(({ port }) => !port.startsWith('127.0.0.1:'))).toEqual([
      { name: 'envoy', port: '0.0.0.0:19443:9443' },
    ]);
    expect(hostPorts).toContain('19000');
  });

  it('move by variables', () => {
    const text = readFileSync(GATEWAY, 'utf8') + readFileSync(OBSERVABILITY, 'utf8');
    const variables = [...text.matchAll(/\$\{(OCPP_GW_\w+_PORT):-(\d+)\}/g)].map(([, name = '', preset = '']) => [
      name,
      preset,
    ]);
    const moved = Object.fromEntries(variables.map(([name = '', preset = '']) => [name, String(Number(preset) + 1)]));
    const ports = [readCompose(GATEWAY, moved), readCompose(OBSERVABILITY, moved)].flatMap(({ services: all }) =>
      Object.values(all).flatMap(({ ports: own = [] }) => own.map((port) => Number(port.split(':').at(-2)))),
    );
    expect(ports).toEqual(published.map(({ port }) => Number(port.split(':').at(-2)) + 1));
  });
});
