import type { DdlFile } from './ddl-files.ts';
import { MigrationError } from './errors.ts';

/** A row of schema_migrations. */
export interface AppliedFile {
  version: number;
  name: string;
  checksum: string;
}

/**
 * The files still to apply, in order. Files that a newer build applied are left alone: an older build can roll back onto
 * its schema.
 * @throws MigrationError when an applied file has changed, or a new one is numbered before an applied one.
 */
export function pendingFiles(files: readonly DdlFile[], applied: readonly AppliedFile[]): DdlFile[] {
  const byVersion = new Map(applied.map((row) => [row.version, row]));
  const newest = Math.max(0, ...byVersion.keys());
  return files.filter((file) => {
    const done = byVersion.get(file.version);
    if (!done) {
      if (file.version < newest)
        throw new MigrationError(`${file.name} is new but numbered before ${newest}, which is applied: renumber it`);
      return true;
    }
    if (done.checksum !== file.checksum)
      throw new MigrationError(
        `${file.name} has changed since it was applied as ${done.name} ` +
          `(checksum ${done.checksum.slice(0, 12)}, now ${file.checksum.slice(0, 12)}): ` +
          'restore it and put the change into a new file with the next number',
      );
    return false;
  });
}
