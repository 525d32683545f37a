import type { Page } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Keycloak } from './keycloak';
import { Memoir } from './memoir';
import { expect, test as base } from './test';

type Home = { memoir: Memoir; keycloak: Keycloak };

/** A Memoir whose people log in at a Keycloak, both real and of their own. */
const test = base.extend<{ keycloak: Keycloak }, { home: Home | undefined }>({
  home: [
    async ({}, use) => {
      if (process.env.MEMOIR_NO_CHROMIUM) {
        await use(undefined);
        return;
      }
      const keycloak = await Keycloak.start();
      const folder = mkdtempSync(join(tmpdir(), 'memoir-issuer-'));
      const settings = { issuer: keycloak.issuer, audience: 'photos', clientId: 'memoir-web' };
      const options = Object.entries(settings).flatMap(([name, value]) => ['--set', `identity.${name}=${value}`]);
      try {
        const { data, address, store, said } = await Memoir.start(join(folder, 'data'), 60, ...options);
        const memoir = new Memoir(data, address, store, said, keycloak.address);
        try {
          await use({ memoir, keycloak });
        } finally {
          memoir.stop();
        }
      } finally {
        keycloak.stop();
        rmSync(folder, { recursive: true });
      }
    },
    { scope: 'worker', timeout: 800_000 },
  ],
  memoir: async ({ home }, use) => {
    test.skip(home === undefined, `no Chromium: ${process.env.MEMOIR_NO_CHROMIUM}`);
    await use(home!.memoir);
  },
  keycloak: async ({ home }, use) => {
    await use(home!.keycloak);
  },
  token: async ({}, use) => {
    await use('');
  },
});

/** Keycloak's own form. */
async function enter(page: Page, keycloak: Keycloak) {
  await page.getByLabel('Username or email').fill('anna');
  await page.getByRole('textbox', { name: 'Password' }).fill(keycloak.password);
  await page.getByRole('button', { name: 'Sign In' }).click();
}

test('a stranger signs in at the issuer and is back where they wanted to go; a reload and another tab ask nothing', async ({ memoir, keycloak, library, page, context }) => {
  await page.goto(`${memoir.address}/#/trash`);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await library.accessible();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await enter(page, keycloak);
  await expect(page.getByText('The trash is empty')).toBeVisible();
  expect(page.url()).toBe(`${memoir.address}/#/trash`);
  await page.reload();
  await expect(page.getByText('The trash is empty')).toBeVisible();

  const other = await context.newPage();
  await other.goto(`${memoir.address}/#/trash`);
  await expect(other.getByText('The trash is empty')).toBeVisible();
  await other.close();

  const ended = page.waitForResponse((response) => response.request().isNavigationRequest() && response.url().includes('/logout'));
  await page.getByRole('button', { name: 'Sign out' }).click();
  await ended;
  await page.waitForURL((url) => url.href.startsWith(memoir.address));
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByLabel('Username or email')).toBeVisible();
});

test('a session that the issuer ends in the middle of work is begun anew beside it, and nothing typed is lost', async ({ memoir, keycloak, library, page }) => {
  test.slow();
  await page.goto(`${memoir.address}/`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await enter(page, keycloak);
  await expect(page.getByText('No pictures yet')).toBeVisible();
  await page.evaluate(() => ((window as unknown as { same: string }).same = 'this very page'));
  await keycloak.end('anna');

  const field = page.getByRole('combobox', { name: 'Search' });
  // The token that is there still holds for a while; the next one is refused. Only another question asks for it.
  let typed = '';
  let asked = 0;
  await expect(async () => {
    typed = `a lake ${(asked += 1)}`;
    await field.fill(typed);
    await expect(page.getByRole('heading', { name: 'Please sign in again' })).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 200_000 });
  await library.accessible();
  const opened = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Sign in' }).click();
  const beside = await opened;
  await enter(beside, keycloak);
  await expect(page.getByRole('heading', { name: 'Please sign in again' })).toHaveCount(0);
  await expect(field).toHaveValue(typed);
  await expect(page.getByText('Nothing matches')).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { same?: string }).same)).toBe('this very page');
  expect(beside.isClosed()).toBe(true);
});

test('whom the issuer turns away is told its reason', async ({ memoir, keycloak, library, page }) => {
  await page.goto(`${memoir.address}/?error=access_denied&error_description=Not+today&state=made-up`);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByText('Not today')).toHaveCount(0);
  await page.route('**/protocol/openid-connect/auth?**', async (route) => {
    const asked = new URL(route.request().url()).searchParams;
    const back = new URL(asked.get('redirect_uri')!);
    const answer = { error: 'access_denied', error_description: 'Not today', state: asked.get('state')!, iss: keycloak.issuer };
    back.search = new URLSearchParams(answer).toString();
    await route.fulfill({ status: 302, headers: { Location: back.href } });
  });
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toHaveText('Not today');
  await library.accessible();
});
