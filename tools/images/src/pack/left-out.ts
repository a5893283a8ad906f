import { basename } from 'node:path';
import { CODE_AGAIN, STANDALONE } from '../apps.ts';

/** What of one of our packages is read while it runs. */
const OUR_ENTRIES = new Set(['dist', 'generated', 'ddl', 'views', 'access']);

const SOURCE = /\.([cm]?tsx?|map|tsbuildinfo|flow)$/;
const NOTICES = /^(licen[cs]e|copying|notice|copyright|authors|patents)|\.licen[cs]e\.txt$/i;
const TEST_FILE = /\.(spec|test|e2e|bench)\.[cm]?js$/;
const UNUSED_FOLDERS =
  /^(tests?|__tests__|__mocks__|specs?|testdata|fixtures|coverage|examples?|benchmarks?|docs?|browser|\.github|\.vscode|\.husky)$/;

/** @param path of a file, from the folder of one of our packages */
export function isLeftOutOfOurs(path: string): boolean {
  const [entry = ''] = path.split('/');
  return !OUR_ENTRIES.has(entry) || path === 'dist/testing.js' || isDevelopmentFile(path);
}

/** @param path of a file, from the folder of somebody else's package of this name */
export function isLeftOutOfTheirs(name: string, path: string, platform: string): boolean {
  const [entry = '', second = ''] = path.split('/');
  const read = STANDALONE[name];
  if (read && !read.includes(path) && path !== 'package.json' && !isNotice(basename(path))) return true;
  if (entry === 'prebuilds' && second !== platform) return true;
  // Deeper folders of these names hold code that runs: yaml/dist/doc.
  if (path.includes('/') && UNUSED_FOLDERS.test(entry)) return true;
  if (CODE_AGAIN.some(({ packages, folders }) => packages.test(name) && folders.test(path))) return true;
  return isDevelopmentFile(path);
}

/** Sources, source maps, tests and prose. */
export function isDevelopmentFile(path: string): boolean {
  const name = basename(path);
  if (isNotice(name)) return false;
  return SOURCE.test(name) || TEST_FILE.test(name) || /\.(md|markdown)$/i.test(name);
}

/** Files whose text must travel with the code. */
export function isNotice(name: string): boolean {
  return NOTICES.test(name) && !/\.[cm]?[jt]s$/.test(name);
}
