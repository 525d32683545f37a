import type { Memoir } from './memoir';
import { expect, test } from './test';

type Made = { createLink: { token: string; link: { id: string } } };

async function pictures(memoir: Memoir, token: string, kind: string, count: number): Promise<string[]> {
  const { assets } = await memoir.ask<{ assets: { edges: { node: { id: string; preview: string | null } }[] } }>(
    `{ assets(first: 50, filter: {kinds: [${kind}]}) { edges { node { id preview } } } }`,
    token,
  );
  return assets.edges
    .filter(({ node }) => node.preview)
    .slice(0, count)
    .map(({ node }) => node.id);
}

async function share(memoir: Memoir, token: string, ids: string[], terms: string) {
  const made = await memoir.ask<Made>(`mutation { createLink(target: {assets: ${JSON.stringify(ids)}}, link: {${terms}}) { token link { id } } }`, token);
  return { id: made.createLink.link.id, address: `${memoir.address}/share#${made.createLink.token}` };
}

test('whoever has a link sees the pictures, without signing in and without an address of the store', async ({ memoir, token, library, page }) => {
  const link = await share(memoir, token, await pictures(memoir, token, 'IMAGE', 12), 'title: "A week in May"');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(link.address);
  await expect(page.getByRole('heading', { name: 'A week in May' })).toBeVisible();
  const tiles = page.getByRole('main').getByRole('button');
  await expect(tiles).toHaveCount(12);
  await library.drawn();
  await library.accessible();
  await library.show('share');

  await tiles.first().click();
  const viewer = page.getByRole('dialog');
  await expect(viewer.getByRole('img', { name: 'Picture 1' })).toBeVisible();
  await expect(viewer.getByRole('link')).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await expect(viewer.getByRole('img', { name: 'Picture 2' })).toBeVisible();
  await library.drawn();
  await library.accessible();
  await page.keyboard.press('Escape');
  await expect(viewer).toHaveCount(0);
  expect(asked.filter((url) => !url.startsWith(memoir.address))).toEqual([]);
  expect(asked.filter((url) => url.includes('/graphql') || url.includes('/login'))).toEqual([]);
});

test('a password is asked for, and a wrong one is no way in', async ({ memoir, token, library, page }) => {
  const link = await share(memoir, token, await pictures(memoir, token, 'IMAGE', 2), 'password: "the old mill", download: true');
  await page.goto(link.address);
  const field = page.getByLabel('Password');
  await field.fill('the new mill');
  await library.accessible();
  await page.getByRole('button', { name: 'Show the pictures' }).click();
  await expect(page.getByRole('alert')).toHaveText('That is not the password.');
  await field.fill('the old mill');
  await page.keyboard.press('Enter');
  const tiles = page.getByRole('main').getByRole('button');
  await expect(tiles).toHaveCount(2);
  await tiles.first().click();
  const [kept] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download' }).click()]);
  expect(kept.suggestedFilename()).toMatch(/^[0-9a-f]{12}\.jpg$/);
});

test('a film plays where originals are given, and else is a picture', async ({ memoir, token, page }) => {
  const films = await pictures(memoir, token, 'VIDEO', 1);
  const still = await share(memoir, token, films, '');
  await page.goto(still.address);
  await page.getByRole('button', { name: 'Film 1' }).click();
  await expect(page.getByText('Only a picture of this film is shared.')).toBeVisible();

  const whole = await share(memoir, token, films, 'download: true, showPlace: true');
  await page.goto('about:blank');
  await page.goto(whole.address);
  await page.getByRole('button', { name: 'Film 1' }).click();
  await expect.poll(() => page.locator('video').evaluate((film: HTMLVideoElement) => film.duration)).toBeGreaterThan(1);
});

test('what is ended is gone for whoever looks at it, and says so', async ({ memoir, token, library, page, browser }) => {
  const link = await share(memoir, token, await pictures(memoir, token, 'IMAGE', 3), '');
  await page.goto(link.address);
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(3);
  await library.drawn();
  await memoir.ask(`mutation { revokeLink(id: "${link.id}") { id } }`, token);
  const bytes = await page.evaluate((path) => fetch(path).then((answer) => answer.status), `/share/${link.id}/items`);
  expect(bytes).toBe(410);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'This link has ended' })).toBeVisible();
  await library.accessible();

  const german = await browser.newContext({ locale: 'de-DE' });
  const other = await german.newPage();
  await other.goto(`${memoir.address}/share#${'A'.repeat(43)}`);
  await expect(other.getByRole('heading', { name: 'Dieser Link gilt nicht mehr' })).toBeVisible();
  await german.close();
});
