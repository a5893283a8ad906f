import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export type Env = Readonly<Record<string, string>>;

export interface Service {
  image: string;
  build?: { context: string; dockerfile: string; args?: Env };
  command?: readonly string[];
  environment?: Env;
  env_file?: unknown;
  ports?: readonly string[];
  volumes?: readonly string[];
  networks?: readonly string[];
  depends_on?: Readonly<Record<string, { condition: string }>>;
  healthcheck?: { test: readonly string[] };
  restart?: string;
  read_only?: boolean;
  cap_drop?: readonly string[];
  security_opt?: readonly string[];
  user?: string;
  stop_grace_period?: string;
  deploy?: { replicas?: number; resources?: { limits?: Env } };
}

export interface ComposeFile {
  name?: string;
  services: Record<string, Service>;
  networks?: Record<string, unknown>;
  volumes?: Record<string, unknown>;
}

/** The file with its variables filled in, anchors and merges resolved. @throws Error for a form that is not known here */
export function readCompose(file: string, env: Env = {}): ComposeFile {
  const text = readFileSync(file, 'utf8').replace(
    /\$\$|\$\{(\w+)(?::-([^}]*))?\}|\$(?=\w)/g,
    (all, name?: string, preset?: string) => {
      if (all === '$$') return '$';
      if (name === undefined || preset === undefined) throw new Error(`${file}: ${all} is no \${NAME:-default}`);
      return env[name] || preset;
    },
  );
  return parse(text, { merge: true }) as ComposeFile;
}

/** An overlay of ours adds; it changes nothing of the files before it. @throws Error when it does */
export function mergeCompose(files: readonly ComposeFile[]): ComposeFile {
  const merged: Required<Omit<ComposeFile, 'name'>> & ComposeFile = { services: {}, networks: {}, volumes: {} };
  for (const { name, ...parts } of files) {
    if (name !== undefined) merged.name = name;
    for (const part of ['services', 'networks', 'volumes'] as const)
      for (const [key, value] of Object.entries(parts[part] ?? {})) {
        if (key in merged[part]) throw new Error(`${part}.${key} stands in two files`);
        Object.assign(merged[part], { [key]: value });
      }
  }
  return merged;
}
