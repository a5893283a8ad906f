import { ROOT } from '@ocpp-gw/rig/settings';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The headings of a page, without their marks. A page that is not there has none. */
export function headingsOf(page: string): string[] {
  const path = join(ROOT, page);
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => /^#+ (.+)$/.exec(line)?.[1] ?? []);
}
