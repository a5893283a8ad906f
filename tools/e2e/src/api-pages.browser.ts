import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { pickFreePort } from '@ocpp-gw/data-plane';
import type { FakeCharger } from '@ocpp-gw/testing';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { booted } from './booted-charger.ts';
import { startBrowser } from './browser.ts';
import { TOKEN, rest, startStack, type Stack } from './stack.ts';
import { serveStaticPages } from './static-pages.ts';
import { until } from './until.ts';

const CP_ID = 'BROWSER-16';
/** The pages work through half a megabyte of description, on a machine that does other things besides. */
const PAGE_MS = 60_000;
jest.setTimeout(2 * PAGE_MS);
/** ReDoc asks another host for its logo, and the policy of the page refuses it. */
const REFUSED_LOGO = /logo-mini\.svg/;

let stack: Stack | undefined;
let staticPort: number;
let browser: Browser | undefined;
let charger: FakeCharger | undefined;
let page: Page;
let faults: string[];

const base = (): string => String(stack?.rest);
const screenshot = async (name: string): Promise<void> => {
  const folder = process.env['SCREENSHOTS'];
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
};

/** Authorizes in Swagger UI and starts a transaction. @returns the operation, with the answer shown */
async function remoteStart(url: string): Promise<Locator> {
  charger?.received.splice(0);
  await page.goto(url);
  await page.locator('.btn.authorize').first().click();
  await page.locator('.auth-container input').fill(TOKEN);
  await page.locator('.auth-btn-wrapper .authorize').click();
  await page.locator('.btn-done').click();
  const operation = page.locator('#operations-charging-remoteStart');
  await operation.locator('tr[data-param-name="cp_id"] input').fill(CP_ID);
  await operation.locator('.btn.execute').click();
  const answer = operation.locator('.live-responses-table tbody .response-col_status').first();
  await answer.waitFor();
  expect(await answer.innerText()).toMatch(/^200/);
  expect(await operation.locator('.live-responses-table').innerText()).toMatch(/"status": "Accepted"/);
  expect(charger?.received.map(([, , action]) => action)).toContain('RemoteStartTransaction');
  return operation;
}

beforeAll(async () => {
  browser = await startBrowser();
  staticPort = await pickFreePort();
  const origins = { EVEYS_OCPP_REST_CORS_ORIGINS: `http://localhost:${staticPort}` };
  stack = await startStack('browser', {}, {}, origins);
  charger = await booted(stack.edgeUrls[0], CP_ID, 'ocpp1.6');
  charger.answer('RemoteStartTransaction', () => ({ status: 'Accepted' }));
  await until('the charge point to be online', async () =>
    expect((await rest(stack as Stack, 'GET', `/charge-points/${CP_ID}`)).body).toMatchObject({ online: true }),
  );
}, 180_000);
afterAll(async () => {
  await charger?.close();
  await browser?.close();
  await stack?.stop();
}, 60_000);

beforeEach(async () => {
  page = await (browser as Browser).newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(PAGE_MS);
  faults = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !REFUSED_LOGO.test(message.text())) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
  });
});

describe('Swagger UI', () => {
  it('shows the groups with what they are for, and finds routes by words', async () => {
    await page.goto(`${base()}/docs`);
    await page.getByText('Start and stop charging remotely.').waitFor();
    expect(await page.locator('.opblock-tag').count()).toBeGreaterThan(12);
    expect(await page.locator('.opblock').count()).toBe(0);
    await screenshot('swagger');
    await page.locator('.operation-filter-input').fill('remote start');
    await page.locator('.opblock-tag').click();
    await page.locator('.opblock').waitFor();
    expect(await page.locator('.opblock-summary-path').allInnerTexts()).toEqual([
      expect.stringMatching(/remote-start/),
    ]);
    expect(faults).toEqual([]);
  });

  it('authorizes, starts a transaction at a charge point, and shows 200', async () => {
    const operation = await remoteStart(`${base()}/docs#/charging/remoteStart`);
    await operation.locator('.live-responses-table').first().scrollIntoViewIfNeeded();
    await screenshot('swagger-remote-start');
    expect(faults).toEqual([]);
  });
});

describe('on a phone', () => {
  it.each(['docs#/charging/remoteStart', 'redoc', 'errors'])('%s is no wider than the screen', async (path) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${base()}/${path}`);
    const ready = path === 'errors' ? 'charge-point-offline' : 'Every error is';
    await page.getByText(ready).first().waitFor();
    if (path.startsWith('docs')) await page.locator('#operations-charging-remoteStart .btn.execute').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    if (path.startsWith('docs')) await screenshot('swagger-phone');
    expect(faults).toEqual([]);
  });
});

describe('ReDoc', () => {
  it('shows the groups and a route', async () => {
    await page.goto(`${base()}/redoc`);
    await page.getByRole('menuitem', { name: 'smart charging' }).first().waitFor();
    await page.getByText('Every error is').first().waitFor();
    await screenshot('redoc');
    expect(faults).toEqual([]);
  });
});

describe('the pages as files', () => {
  it('are the same, and start a transaction where the gateway allows them to', async () => {
    const site = await serveStaticPages(base().replace('/api/v1', ''), staticPort);
    try {
      await page.goto(`${site.origin}/redoc.html`);
      await page.getByText('Every error is').first().waitFor();
      await page.getByRole('link', { name: 'Errors' }).click();
      await page.getByRole('heading', { name: 'charge-point-offline' }).waitFor();
      await remoteStart(`${site.origin}/#/charging/remoteStart`);
      expect(faults).toEqual([]);
    } finally {
      site.stop();
    }
  });
});

describe('the page of errors', () => {
  it('is where the link of a problem leads', async () => {
    const answer = await page.request.get(`${base()}/charge-points/NOBODY`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    const [, path] = /^<(.+)>; rel="help"$/.exec(answer.headers()['link'] ?? '') ?? [];
    await page.goto(new URL(String(path), base()).href);
    expect(await page.locator(':target').innerText()).toBe('charge-point-not-found');
    expect(faults).toEqual([]);
  });
});
