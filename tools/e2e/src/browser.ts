import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser of this machine. @throws with what to install when there is none */
export async function startBrowser(): Promise<Browser> {
  const given = process.env['CHROMIUM'];
  const executablePath = given ?? PLACES.find((path) => existsSync(path));
  if (!executablePath)
    throw new Error(`Chromium is missing: install it (Debian: apt-get install chromium), or set CHROMIUM to its path`);
  // Containers have no user namespaces for the sandbox, and all pages are our own.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}
