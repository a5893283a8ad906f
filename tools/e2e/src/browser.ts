import { findChromium } from '@ocpp-gw/rig/settings';
import { chromium, type Browser } from 'playwright-core';

/** The browser of this machine. @throws with what to install when there is none */
export async function startBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath)
    throw new Error(`Chromium is missing: install it (Debian: apt-get install chromium), or set CHROMIUM to its path`);
  // Containers have no user namespaces for the sandbox, and all pages are our own.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}
