import { boxOf, expect, test } from './test';

test.describe.configure({ mode: 'serial' });

const undo = { name: 'Undo' } as const;

type Found = { assets: { edges: { node: { id: string; title: string | null } }[] } };

test('a title, tags, a time and a place are edited by keyboard, found, and taken back', async ({ library, page }) => {
  await library.open('#/?q=img&year=2026');
  await page.locator('[data-index="0"] a').click();
  await expect(library.viewer().getByRole('img').last()).toBeVisible();
  await page.keyboard.press('e');
  const form = page.getByRole('form', { name: 'Edit' });
  await form.getByLabel('Title').fill('Lighthouse keeper');
  await form.getByLabel('Description').fill('After the storm');
  await form.getByLabel('Tags').fill('zanzibar, "a, b"');
  await form.getByLabel('Rating').selectOption('3 stars');
  await form.getByLabel('Date and time').fill('1999-05-01T12:00:05');
  await form.getByLabel('Distance from UTC').fill('3');
  await expect(form.getByText('Write it as +02:00.')).toBeVisible();
  await expect(form.getByRole('button', { name: 'Save' })).toBeDisabled();
  await form.getByLabel('Distance from UTC').fill('-03:00');
  await form.getByLabel('Latitude').fill('-54.8');
  await form.getByLabel('Longitude').fill('-68.3');
  await library.accessible();
  await library.show('edit');
  await form.getByLabel('Title').press('Enter');

  const facts = page.getByRole('complementary', { name: 'Details' });
  await expect(facts.getByRole('heading', { name: 'Lighthouse keeper' })).toBeVisible();
  await expect(facts.getByText(/1 May 1999/)).toBeVisible();
  await expect(facts.getByText('54.8000° S, 68.3000° W')).toBeVisible();
  await expect(facts.getByRole('link', { name: 'a, b' })).toBeVisible();
  await expect(facts.getByText('3 stars')).toBeVisible();
  await library.accessible();
  await page.getByRole('button', undo).click();
  await expect(page.getByText('Taken back.')).toBeVisible();
  await expect(facts.getByRole('heading', { name: 'Lighthouse keeper' })).toHaveCount(0);
  await page.getByRole('button', undo).last().click();
  await expect(facts.getByRole('heading', { name: 'Lighthouse keeper' })).toBeVisible();

  await page.keyboard.press('Escape');
  await library.enter('#/?q=zanzibar');
  await expect(library.tiles()).toHaveCount(1);
  await library.tiles().first().click();
  await page.getByRole('button', { name: 'Details' }).click();
  for (const field of ['Title', 'Description', 'Tags', 'Rating', 'Date and time', 'Place']) {
    await facts.getByRole('button', { name: 'Edit' }).click();
    await facts.getByRole('button', { name: `${field}: as the file has it` }).click();
    await expect(facts.getByRole('button', { name: 'Edit' })).toBeVisible();
  }
  await expect(facts.getByText('3 stars')).toHaveCount(0);
});

test('a picture is turned and marked by a key each, in the row as well', async ({ library, page }) => {
  await library.open('#/?q=img&year=2026');
  const tile = page.locator('[data-index="0"]');
  const before = await boxOf(tile);
  await tile.locator('a').click();
  const picture = library.viewer().locator('.picture');
  await expect(library.viewer().getByRole('img').last()).toBeVisible();
  const upright = await boxOf(picture);
  await page.keyboard.press('r');
  await expect
    .poll(async () => {
      const turned = await boxOf(picture);
      return Math.abs(turned.width / turned.height - upright.height / upright.width) < 0.02;
    })
    .toBe(true);
  await page.keyboard.press('f');
  await expect(page.getByRole('button', { name: 'Favourite', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  const isWide = ({ width, height }: { width: number; height: number }) => width > height;
  await expect.poll(async () => isWide(await boxOf(tile)) !== isWide(before)).toBe(true);
  await expect(tile.getByRole('link', { name: /Favourite/ })).toBeVisible();
  await library.accessible();

  await page.getByRole('combobox', { name: 'Search' }).fill('favour');
  await page.getByRole('option', { name: /^Favourites/ }).click();
  await expect(page.getByRole('button', { name: 'Remove filter Favourites' })).toBeVisible();
  await expect(library.tiles()).toHaveCount(1);
  await library.tiles().first().click();
  await expect(library.viewer().getByRole('img').last()).toBeVisible();
  for (let turns = 1; turns < 4; turns++) {
    const wide = isWide(await boxOf(picture));
    await page.keyboard.press('r');
    await expect.poll(async () => isWide(await boxOf(picture))).toBe(!wide);
  }
  await page.keyboard.press('f');
  await expect(page.getByRole('button', { name: 'Favourite', exact: true })).toHaveAttribute('aria-pressed', 'false');
});

test('a selection is tagged, shifted and archived at once, and all of it is taken back', async ({ library, memoir, token, page }) => {
  await library.open('#/?q=img&year=2026');
  const all = await library.tiles().count();
  const choose = async (index: number) => {
    const tile = page.locator(`[data-index="${index}"]`);
    await tile.locator('a').focus();
    await page.keyboard.press(' ');
    await expect(tile.getByRole('checkbox')).toBeChecked();
  };
  await choose(0);
  await choose(1);
  await page.getByRole('button', { name: 'Edit' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit 2 pictures' });
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
  await dialog.getByLabel('Add tags').fill('zanzibar');
  await dialog.getByLabel('Rating').selectOption('5 stars');
  await dialog.getByLabel('Archived').selectOption('Archive');
  await dialog.getByLabel('Days').fill('-1');
  await library.accessible();
  await library.show('edit-many');
  await dialog.getByLabel('Days').press('Enter');
  await expect(page.getByText('2 pictures changed.')).toBeVisible();
  await expect(dialog).toHaveCount(0);

  const search = (filter: string) => memoir.ask<Found>(`{ assets(filter: {${filter}}) { edges { node { id title } } } }`, token);
  expect((await search('text: "zanzibar", archived: true, ratings: [5]')).assets.edges).toHaveLength(2);
  expect((await search('text: "zanzibar", archived: false')).assets.edges).toHaveLength(0);
  await page.getByRole('button', undo).click();
  await expect(page.getByText('Taken back.')).toBeVisible();
  expect((await search('text: "zanzibar"')).assets.edges).toHaveLength(0);
  await expect(library.tiles()).toHaveCount(all);
});
