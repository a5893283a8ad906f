import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Looks in `<home>/bin` first, where `home` is what a variable such as JAVA_HOME says, then along PATH. */
export async function findExecutable(name: string, home?: string): Promise<string | undefined> {
  const folders = [...(home ? [join(home, 'bin')] : []), ...(process.env['PATH'] ?? '').split(delimiter)];
  for (const folder of folders.filter(Boolean)) {
    const path = join(folder, name);
    if (await isExecutable(path)) return path;
  }
  return undefined;
}
