import type { Route } from '@playwright/test';
import { expect, test } from './test';

test('where there is no login of its own, a stranger sees the sign in and nothing else, and learns what a wrong token is', async ({ library, memoir, page, token }) => {
  await page.route('**/login/config.json', (route) => route.fulfill({ status: 404 }));
  await page.goto(`${memoir.address}/#/trash`);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByText('./memoir token')).toBeVisible();
  await library.accessible();
  await library.show('sign-in');
  await page.getByLabel('Access token').fill('hello');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('That is no access token');
  await page.getByLabel('Access token').fill(token);
  await page.keyboard.press('Enter');
  await expect(page.getByText('The trash is empty')).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('a session that ends in the middle of work asks to sign in, and the work goes on', async ({ library, page, token }) => {
  await page.route('**/login/config.json', (route) => route.fulfill({ status: 404 }));
  await library.open();
  await page.locator('[data-index="1"] a').focus();
  await page.keyboard.press(' ');
  await page.route('**/graphql', (route) => route.fulfill({ status: 401, json: { errors: [{ message: 'expired' }] } }), { times: 1 });
  await page.getByRole('button', { name: 'Move to trash' }).click();
  await expect(page.getByRole('heading', { name: 'Please sign in again' })).toBeVisible();
  await library.accessible();
  await page.getByLabel('Access token').fill(token);
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 picture moved to the trash.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('1 picture restored.')).toBeVisible();
});

for (const status of [503, 429]) {
  test(`an answer of ${status} is waited for`, async ({ library, page }) => {
    const busy = (route: Route) => route.fulfill({ status, headers: { 'Retry-After': '2' }, json: { errors: [] } });
    await page.route('**/graphql', busy);
    await library.enter();
    await expect(page.getByText('Busy just now. Trying again in 2 seconds.')).toBeVisible();
    await page.unroute('**/graphql', busy);
    await expect(library.tiles().first()).toBeVisible();
    await expect(page.getByText('Busy just now')).toHaveCount(0);
  });
}

test('an API that takes long to wake is told quietly', async ({ library, page }) => {
  await page.route('**/graphql', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await route.continue();
  });
  await library.enter();
  await expect(page.getByText('Waking up …')).toBeVisible();
  await page.unrouteAll({ behavior: 'wait' });
  await expect(library.tiles().first()).toBeVisible();
  await expect(page.getByText('Waking up …')).toHaveCount(0);
});

test('a refusal is told in its own words', async ({ library, page }) => {
  await page.route('**/graphql', (route) => route.fulfill({ json: { data: null, errors: [{ message: 'the cook is ill', extensions: { code: 'X' } }] } }));
  await library.enter();
  await expect(page.getByText('the cook is ill')).toBeVisible();
  await library.accessible();
  await page.unroute('**/graphql');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(library.tiles().first()).toBeVisible();
});

test('without the network what was seen stays, and it goes on when the network is back', async ({ library, page, context }) => {
  await library.open();
  await context.setOffline(true);
  await expect(page.getByText('No connection. Showing what was seen last.')).toBeVisible();
  await expect(library.tiles().first()).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText('No connection')).toHaveCount(0);
});

test('an empty library says how to begin', async ({ library, memoir, page }) => {
  const newborn = `newborn-${test.info().project.name}`;
  memoir.guest(newborn);
  await library.enter('#/', await memoir.token(newborn));
  await expect(page.getByText('No pictures yet')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  await library.accessible();
});
