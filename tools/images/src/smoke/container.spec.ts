import { expect, it } from '@jest/globals';
import { openFilesLimit, runArguments } from './container.ts';

it('a container gets no privilege, and its settings by name alone', () => {
  const options = { image: 'a/b:1', name: 'one', env: { EVEYS_OCPP_DB_URL: 'secret' }, files: 20_000 };
  expect(runArguments({ ...options, runtime: 'runc', command: ['pg-migrate.js'] }).join(' ')).toBe(
    '--runtime runc run --rm --name one --pull=never --network=host --read-only --read-only-tmpfs=false --cap-drop=all ' +
      '--security-opt=no-new-privileges --ulimit=nofile=20000:20000 --ulimit=nproc=4096:4096 ' +
      '--env EVEYS_OCPP_DB_URL a/b:1 pg-migrate.js',
  );
});

it('the limit of open files is a number above what a process has open at its start', async () => {
  expect(await openFilesLimit()).toBeGreaterThan(100);
});
