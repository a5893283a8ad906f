import { fillOnce, findExecutable, isCached, type CachedThing } from '@ocpp-gw/data-plane';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mustRun } from './command.ts';

export type Report = (message: string) => void;

interface GoTool {
  readonly module: string;
  /** Where the command lies in a module that replaces others: `go install` refuses those, so it is built in a copy. */
  readonly command?: string;
  readonly version: string;
  /** The name of the binary that `go install` makes of it. */
  readonly binary: string;
}

/** Programs that only their authors' Go modules give for every machine. Versions are pinned: a check is to mean the same everywhere. */
export const GO_TOOLS = {
  helm3: { module: 'helm.sh/helm/v3/cmd/helm', version: 'v3.19.0', binary: 'helm' },
  helm4: { module: 'helm.sh/helm/v4/cmd/helm', version: 'v4.3.2', binary: 'helm' },
  kubeconform: { module: 'github.com/yannh/kubeconform/cmd/kubeconform', version: 'v0.8.0', binary: 'kubeconform' },
  'kube-score': { module: 'github.com/zegl/kube-score/cmd/kube-score', version: 'v1.20.0', binary: 'kube-score' },
  'helm-unittest': {
    module: 'github.com/helm-unittest/helm-unittest',
    command: 'cmd/helm-unittest',
    version: 'v1.1.2',
    binary: 'helm-unittest',
  },
  conftest: { module: 'github.com/open-policy-agent/conftest', version: 'v0.71.1', binary: 'conftest' },
  actionlint: { module: 'github.com/rhysd/actionlint/cmd/actionlint', version: 'v1.7.12', binary: 'actionlint' },
} as const satisfies Record<string, GoTool>;

export type GoToolName = keyof typeof GO_TOOLS;

export const GO_REMEDY = 'install Go 1.26 or newer (https://go.dev/dl), then run this again';
export const PYTHON_REMEDY =
  'install it: apt-get install -y python3 python3-venv (Debian, Ubuntu), dnf install python3';

export function goTool(name: GoToolName): CachedThing & GoTool {
  const tool: GoTool = GO_TOOLS[name];
  return { ...tool, key: `${name}-${tool.version}`, title: `${name} ${tool.version}` };
}

/** The tool's binary, compiled into the cache the first time. */
export async function installGoTool(name: GoToolName, report: Report): Promise<string> {
  const tool = goTool(name);
  const folder = await fillOnce(tool, `compiling ${tool.title}, minutes the first time`, report, async (partial) => {
    const go = await findGo(tool.title);
    if (tool.command) await buildInCopy(go, tool, partial);
    else await mustRun(go, ['install', `${tool.module}@${tool.version}`], { env: { GOBIN: partial } });
  });
  return join(folder, tool.binary);
}

async function buildInCopy(go: string, tool: GoTool, partial: string): Promise<void> {
  const source = await downloadModule(go, tool, partial);
  const copy = await mkdtemp(join(tmpdir(), `${tool.binary}-`));
  try {
    await mustRun('cp', ['-R', `${source}/.`, copy]);
    await mustRun('chmod', ['-R', 'u+w', copy]);
    await mustRun(go, ['build', '-o', join(partial, tool.binary), `./${tool.command}`], { cwd: copy });
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** The folder of a module's files. @param cwd any folder outside of a module */
export async function downloadModule(
  go: string,
  { module, version }: Pick<GoTool, 'module' | 'version'>,
  cwd: string,
): Promise<string> {
  const answer = await mustRun(go, ['mod', 'download', '-json', `${module}@${version}`], { cwd });
  return (JSON.parse(answer) as { Dir: string }).Dir;
}

/** @throws naming what needs it */
export async function findGo(purpose: string): Promise<string> {
  return findOr('go', `${purpose} is a Go module, and there is no go on PATH: ${GO_REMEDY}`);
}

export async function findOr(program: string, complaint: string): Promise<string> {
  const found = await findExecutable(program);
  if (!found) throw new Error(complaint);
  return found;
}

/** What this machine lacks for `names`, one sentence each, all at once. */
export async function missing(
  names: readonly GoToolName[],
  programs: Readonly<Record<string, string>>,
): Promise<string[]> {
  const uncached = [];
  for (const name of names) if (!(await isCached(goTool(name)))) uncached.push(goTool(name).title);
  const lacking =
    uncached.length && !(await findExecutable('go'))
      ? [`go is missing (for ${uncached.join(', ')}): ${GO_REMEDY}`]
      : [];
  for (const [program, remedy] of Object.entries(programs)) {
    if (!(await findExecutable(program))) lacking.push(`${program} is missing: ${remedy}`);
  }
  return lacking;
}
