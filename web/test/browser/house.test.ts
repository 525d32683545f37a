import type { Page } from '@playwright/test';
import { expect, link, test } from './family';

test.describe.configure({ mode: 'serial' });

const PASSWORD = 'correct horse battery';

async function enter(page: Page, name: string, password: string, button: 'Begin' | 'Sign in') {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel(/password/i).fill(password);
  await page.getByRole('button', { name: button }).click();
}

test('the first link makes an account, which lasts over a reload until one signs out', async ({ memoir, library, page }) => {
  await page.goto(link(memoir.said));
  await expect(page.getByRole('heading', { name: 'Welcome to Memoir' })).toBeVisible();
  await library.accessible();
  await library.show('welcome');
  await enter(page, 'anna', 'short', 'Begin');
  await expect(page.getByRole('alert')).toContainText('10');
  await enter(page, 'anna', PASSWORD, 'Begin');
  await expect(library.tiles()).toHaveCount(6);
  await page.reload();
  await expect(library.tiles()).toHaveCount(6);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await library.accessible();
  await enter(page, 'anna', 'not the password', 'Sign in');
  await expect(page.getByRole('alert')).toHaveText('Name or password are not right.');
  await enter(page, 'anna', PASSWORD, 'Sign in');
  await expect(library.tiles()).toHaveCount(6);
  await page.goto(link(memoir.said));
  await page.reload();
  await enter(page, 'eve', PASSWORD, 'Begin');
  await expect(page.getByRole('alert')).toHaveText('This link is no longer good. Ask for a new one.');
});

test('who is invited sees the family’s pictures, not another’s own, and is offered no change of what is not theirs', async ({ memoir, library, page }) => {
  await page.goto(memoir.address);
  await enter(page, 'anna', PASSWORD, 'Sign in');
  await expect(library.tiles()).toHaveCount(6);
  await page.getByRole('button', { name: 'Upload' }).click();
  const file = { name: 'annas.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"/>') };
  await page.locator('input[type=file]').first().setInputFiles(file);
  await expect(library.tiles()).toHaveCount(7, { timeout: 40_000 });
  await library.tiles().last().click();
  await expect(page.getByRole('button', { name: 'Move to trash' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Sign out' }).click();

  await page.goto(link(await memoir.call('user', 'invite')));
  await page.reload();
  await expect(page.getByRole('heading', { name: 'You are invited' })).toBeVisible();
  await library.accessible();
  await enter(page, 'bob', PASSWORD, 'Begin');
  await expect(library.tiles()).toHaveCount(6);
  await page.locator('[data-index="0"] a').focus();
  await page.keyboard.press(' ');
  await expect(page.getByRole('button', { name: 'Move to trash' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await page.locator('[data-index="0"] a').click();
  await expect(page.getByRole('button', { name: 'Details' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Move to trash' })).toHaveCount(0);
});
