import { expect, test } from './test';

const PLACED = 17 + 11 + 7;

test('the map shows where pictures were taken, comes closer, and leads to the pictures of what it shows', async ({ library, page }) => {
  await library.enter('#/map');
  const tiles = page.locator('.map a.tile');
  await expect(tiles.first()).toBeVisible();
  await expect(page.getByRole('button', { name: `Show ${PLACED} pictures` })).toBeEnabled();
  await library.accessible();
  await library.show('map');

  // On a whole earth, what lies in Europe is one.
  await page.getByRole('link', { name: /^28 pictures at / }).click();
  await expect(page.getByRole('button', { name: 'Show 28 pictures' })).toBeVisible();
  const islands = page.getByRole('link', { name: /^17 pictures at 55\.0/ });
  await islands.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Show 17 pictures' })).toBeVisible();
  await page.getByRole('button', { name: 'Show 17 pictures' }).click();

  await expect(page.getByRole('button', { name: 'Remove filter In this part of the map' })).toBeVisible();
  await expect(library.tiles()).toHaveCount(17);
  await page.goBack();
  await expect(page.getByRole('button', { name: /^Show \d+ pictures$/ })).toBeVisible();
});

test('a filter leaves on the map what it leaves in the library', async ({ library, page }) => {
  await library.enter('#/map?year=2024');
  await expect(page.getByRole('button', { name: 'Show 7 pictures' })).toBeEnabled();
  await page.getByRole('button', { name: 'Remove filter 2024' }).click();
  await expect(page.getByRole('button', { name: `Show ${PLACED} pictures` })).toBeEnabled();
});

test('who has no WebGL gets a list of the places', async ({ library, page }) => {
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  await library.enter('#/map');
  await expect(page.getByText('This browser cannot draw a map')).toBeVisible();
  await library.accessible();
  await page.getByRole('link', { name: /^7 pictures at 36\./ }).click();
  await expect(library.tiles()).toHaveCount(7);
});

test('somebody without pictures with a place is told what the map would show', async ({ library, memoir, page }) => {
  const somebody = `homebody-${test.info().project.name}`;
  memoir.guest(somebody);
  await library.enter('#/map', await memoir.token(somebody));
  await expect(page.getByText('No pictures with a place')).toBeVisible();
  await library.accessible();
});

test('a picture leads to its place on the map', async ({ library, page }) => {
  await library.open('#/?year=2024');
  await library.enter('#/map?year=2024');
  await page.getByRole('button', { name: 'Show 7 pictures' }).click();
  await library.tiles().first().click();
  await page.getByRole('button', { name: 'Details' }).click();
  await page.getByRole('link', { name: 'Show on the map' }).click();
  await expect(page.getByRole('button', { name: /^Show [1-7] pictures?$/ })).toBeEnabled();
});

test('on this day of earlier years there is something to remember, until it is hidden', async ({ library, page }) => {
  await page.clock.setFixedTime(new Date('2026-07-14T10:00:00+02:00'));
  await library.open();
  const strip = page.getByRole('region', { name: 'On this day' });
  await expect(strip.getByRole('link', { name: '2025, 1 year ago' })).toBeVisible();
  await library.accessible();
  await strip.getByRole('link', { name: '2025, 1 year ago' }).click();
  await expect(library.viewer()).toBeVisible();
  await page.goBack();
  await strip.getByRole('button', { name: 'Hide until tomorrow' }).click();
  await expect(strip).toHaveCount(0);
  await page.reload();
  await expect(library.tiles().first()).toBeVisible();
  await expect(strip).toHaveCount(0);
});
