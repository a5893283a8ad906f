import { existsSync } from 'node:fs';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of the browser of this machine: what CHROMIUM names, or where packages put it. */
export function findChromium(): string | undefined {
  return process.env['CHROMIUM'] ?? PLACES.find((path) => existsSync(path));
}
