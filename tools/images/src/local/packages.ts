/** What gcr.io/distroless/cc consists of, by the names of Debian's packages. None of them holds a shell. */
export const BASE_PACKAGES = ['base-files', 'netbase', 'tzdata', 'libc6', 'libgcc-s1', 'libstdc++6'];

const PROSE = /^\/usr\/share\/(doc|man|lintian|bug|info|locale)\//;

/**
 * Which paths of a Debian system go into the base, from the lists that dpkg keeps of its packages. Licences stay.
 * @param lists one path a line, as in /var/lib/dpkg/info/<package>.list
 */
export function basePaths(lists: readonly string[]): string[] {
  const paths = lists.flatMap((list) => list.split('\n')).filter((path) => path.startsWith('/') && path !== '/.');
  return [...new Set(paths)].filter((path) => !PROSE.test(path) || path.endsWith('/copyright'));
}

export const NONROOT = 65532;

/** The accounts of distroless. */
export const ACCOUNTS = {
  'etc/passwd': `root:x:0:0:root:/root:/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\nnonroot:x:${NONROOT}:${NONROOT}:nonroot:/home/nonroot:/sbin/nologin\n`,
  'etc/group': `root:x:0:\nnobody:x:65534:\nnonroot:x:${NONROOT}:\n`,
  'etc/nsswitch.conf': 'hosts: files dns\n',
} as const;
