import { expect, test } from './test';

test('a picture opens, the next is a key away, and back leads to where one was', async ({ library, page }) => {
  await library.open();
  const first = page.locator('[data-index="3"] a');
  await first.click();
  await expect(library.viewer()).toBeVisible();
  await expect(page).toHaveURL(/#\/photo\//);
  const opened = page.url();
  await expect(library.viewer().getByRole('img').last()).toBeVisible();
  await library.accessible();
  await page.keyboard.press('ArrowRight');
  await expect(page).not.toHaveURL(opened);
  await page.keyboard.press('ArrowLeft');
  await expect(page).toHaveURL(opened);
  await page.goBack();
  await expect(library.viewer()).toHaveCount(0);
  await expect(page).toHaveURL(/#\/$/);
});

test('its facts are told', async ({ library, page }) => {
  await library.open('#/?q=img&year=2026');
  await page.locator('[data-index="0"] a').click();
  await page.getByRole('button', { name: 'Details' }).click();
  const facts = page.getByRole('complementary', { name: 'Details' });
  await expect(facts.getByText(/4 October 2026/)).toBeVisible();
  await expect(facts.getByText(/IMG_10\d\d\.jpg/)).toBeVisible();
  await expect(facts.getByText(/1200 × \d+/)).toBeVisible();
  await library.accessible();
  await library.show('picture');
});

test('a link to a picture opens it, and its neighbours are there', async ({ library, memoir, token, page }) => {
  const { assets } = await memoir.ask<{ assets: { edges: { node: { id: string } }[] } }>('{ assets(first: 60) { edges { node { id } } } }', token);
  await library.enter(`#/photo/${assets.edges[50]!.node.id}`);
  await expect(library.viewer()).toBeVisible();
  await page.getByRole('button', { name: 'Next' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(assets.edges[51]!.node.id));
  await page.keyboard.press('Escape');
  await expect(library.viewer()).toHaveCount(0);
  await expect(library.tiles().first()).toBeVisible();
});

test('the wheel enlarges up to the original, and a double click makes it whole again', async ({ library, page }, { project }) => {
  test.skip(project.name === 'phone', 'a mouse is needed');
  await library.open('#/?kind=IMAGE&q=img');
  await page.locator('[data-index="0"] a').click();
  await expect(library.viewer().getByRole('img').last()).toBeVisible();
  const original = page.waitForRequest(/\/originals\//);
  await page.mouse.move(640, 400);
  for (let i = 0; i < 6; i++) {
    await page.mouse.wheel(0, -300);
  }
  await original;
  const picture = library.viewer().locator('.picture');
  await expect(picture).toHaveAttribute('style', /scale\((?!1\))/);
  await page.mouse.dblclick(640, 400);
  await expect(picture).toHaveAttribute('style', /scale\(1\)/);
});

test('a film plays', async ({ library }) => {
  await library.open('#/?kind=VIDEO');
  await expect(library.tiles()).toHaveCount(1);
  await library.tiles().first().click();
  const film = library.viewer().locator('video');
  await expect.poll(() => film.evaluate((video: HTMLVideoElement) => video.readyState)).toBeGreaterThanOrEqual(2);
  await film.evaluate((video: HTMLVideoElement) => {
    video.muted = true;
    return video.play();
  });
  await expect.poll(() => film.evaluate((video: HTMLVideoElement) => video.currentTime)).toBeGreaterThan(0.2);
});

test('a slide show goes on by itself', async ({ library, page }) => {
  await library.open();
  await page.locator('[data-index="0"] a').click();
  await page.getByRole('button', { name: 'Slide show' }).click();
  const begin = page.url();
  await expect.poll(() => page.url(), { timeout: 12_000 }).not.toBe(begin);
  await page.getByRole('button', { name: 'Stop slide show' }).click();
});

test('one picture goes to the trash, the next is shown, and the undo brings it back', async ({ library, page }) => {
  await library.open();
  await page.locator('[data-index="5"] a').click();
  await expect(page.getByRole('button', { name: 'Move to trash' })).toBeVisible();
  const url = page.url();
  await page.getByRole('button', { name: 'Move to trash' }).click();
  await expect(page.getByText('1 picture moved to the trash.')).toBeVisible();
  await expect(page).not.toHaveURL(url);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('1 picture restored.')).toBeVisible();
});

test('what is gone, and what can not be shown, is said', async ({ library, page }) => {
  await library.enter('#/photo/00000000-0000-0000-0000-000000000000');
  await expect(page.getByText('This picture is not there')).toBeVisible();
  await library.accessible();
  await library.open('#/?q=broken');
  await expect(library.tiles()).toHaveCount(1);
  await expect(page.getByText('No preview')).toBeVisible();
  await library.tiles().first().click();
  await expect(page.getByText('This file is damaged').or(page.getByText('No preview for this file'))).toBeVisible();
  await library.accessible();
});

test('titles of 200 characters and from right to left stay in their place', async ({ library, page }) => {
  await library.open('#/?q=summer');
  await library.tiles().first().click();
  await page.getByRole('button', { name: 'Details' }).click();
  const facts = page.getByRole('complementary', { name: 'Details' });
  await expect(facts.getByRole('heading')).toContainText('A very long title');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(page.viewportSize()!.width);
  await library.open('#/?q=%D8%A7%D9%84%D8%B9%D8%A7%D8%A6%D9%84%D8%A9');
  await library.tiles().first().click();
  await page.getByRole('button', { name: 'Details' }).click();
  await expect(facts.getByRole('heading')).toHaveCSS('direction', 'rtl');
});
