import { parseAllDocuments } from 'yaml';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** @throws when a document is no manifest, or a key stands in it twice */
export function parseManifests(text: string): Manifest[] {
  return parseAllDocuments(text, { uniqueKeys: true }).flatMap((document) => {
    const problem = document.errors[0];
    if (problem) throw new Error(problem.message);
    const manifest = document.toJS() as Manifest | null;
    if (manifest === null) return [];
    if (!manifest.kind || !manifest.apiVersion || !manifest.metadata?.name) {
      throw new Error(`a rendered document is no manifest: ${JSON.stringify(manifest).slice(0, 200)}`);
    }
    return [manifest];
  });
}

/** Tells an object from every other of a release: a hook beside a manifest of the same name included. */
export function identify({ apiVersion, kind, metadata }: Manifest): string {
  return [apiVersion, kind, metadata.namespace, metadata.name].filter(Boolean).join('/');
}

export interface Difference {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

/** What differs between two renders; the order of the manifests and of the keys in them does not count. */
export function compare(before: readonly Manifest[], after: readonly Manifest[]): Difference {
  const [old, fresh] = [before, after].map((all) => new Map(all.map((one) => [identify(one), canonical(one)])));
  const names = (from: Map<string, string>, test: (name: string) => boolean): string[] =>
    [...from.keys()].filter(test).sort();
  return {
    added: names(fresh!, (name) => !old!.has(name)),
    removed: names(old!, (name) => !fresh!.has(name)),
    changed: names(fresh!, (name) => old!.has(name) && old!.get(name) !== fresh!.get(name)),
  };
}

export function isEmpty({ added, removed, changed }: Difference): boolean {
  return added.length + removed.length + changed.length === 0;
}

export function describeDifference({ added, removed, changed }: Difference): string {
  const say = (what: string, names: readonly string[]): string[] => names.map((name) => `${what} ${name}`);
  return [...say('only before:', removed), ...say('only after:', added), ...say('differs:', changed)].join('\n');
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}

/** The lines that an object lost and got, for people to read. */
export function changedLines(before: string, after: string): string[] {
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  const count = (lines: readonly string[]): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
    return counts;
  };
  const beyond = (lines: readonly string[], other: Map<string, number>, sign: string): string[] =>
    lines.flatMap((line) => {
      const left = other.get(line) ?? 0;
      other.set(line, left - 1);
      return left > 0 ? [] : [`${sign} ${line.trim()}`];
    });
  return [...beyond(old, count(fresh), '-'), ...beyond(fresh, count(old), '+')];
}
