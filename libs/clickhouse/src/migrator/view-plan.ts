import type { ViewFile } from './view-files.ts';

/** A row of schema_views. */
export interface AppliedView {
  view: string;
  /** Empty: the view was dropped. */
  checksum: string;
}

export interface ViewPlan {
  replaced: ViewFile[];
  dropped: string[];
}

/** Views that are new or changed are replaced; those that the migrator made and that have no file any more are dropped. */
export function planViews(files: readonly ViewFile[], applied: readonly AppliedView[]): ViewPlan {
  const checksums = new Map(applied.map(({ view, checksum }) => [view, checksum]));
  const kept = new Set(files.map(({ view }) => view));
  return {
    replaced: files.filter(({ view, checksum }) => checksums.get(view) !== checksum),
    dropped: applied.filter(({ view, checksum }) => checksum !== '' && !kept.has(view)).map(({ view }) => view),
  };
}
