import { expect, test } from './test';

test('what is typed is looked for at once, suggestions become chips, and the address keeps it all', async ({ library, page }) => {
  await library.open();
  const field = page.getByRole('combobox', { name: 'Search' });
  await field.click();
  await expect(page.getByRole('listbox', { name: 'Suggestions' })).toBeVisible();
  await library.accessible();
  await library.show('search');
  await field.fill('2025');
  await expect(page.getByRole('option', { name: /^2025/ })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/year=2025/);
  const chip = page.getByRole('button', { name: 'Remove filter 2025' });
  await expect(chip).toBeVisible();
  await expect(page.getByRole('heading', { name: /24 Dec/ })).toBeVisible();
  await expect(page.getByRole('heading', { name: /4 Oct/ })).toHaveCount(0);
  await field.fill('no such thing');
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await library.accessible();
  await page.getByRole('button', { name: 'Clear search' }).click();
  await chip.click();
  await expect(page.getByRole('heading', { name: /4 Oct/ })).toBeVisible();
});

test('a link to a search leads to its pictures', async ({ library, page }) => {
  await library.open('#/?q=img&year=2024');
  await expect(page.getByRole('combobox', { name: 'Search' })).toHaveValue('img');
  await expect(page.getByRole('heading', { name: /31 Dec/ })).toBeVisible();
});

test('a slash leads to the search', async ({ library, page }) => {
  await library.open();
  await page.keyboard.press('/');
  await expect(page.getByRole('combobox', { name: 'Search' })).toBeFocused();
});

test('what pictures are to show is looked for in the order of nearness, saved, and found again', async ({ library, page, memoir, token }) => {
  // The model that compares pictures with words is not among the parts: its answers are made up here, of real pictures.
  const tile = 'id kind width height duration rotation favourite takenAtLocal sortTime title state mayChange thumbhash thumbnail';
  const { assets } = await memoir.ask<{ assets: { edges: { node: { id: string } }[] } }>(`{ assets(first: 5) { edges { node { ${tile} } } } }`, token);
  const nearest = [3, 0, 4].map((i) => assets.edges[i]!);
  const asked: { words: string; filter: unknown }[] = [];
  await page.route('**/graphql', async (route) => {
    const { query, variables } = route.request().postDataJSON() as { query: string; variables: { words: string; filter: unknown } };
    if (query.includes('query Search(')) {
      asked.push({ words: variables.words, filter: variables.filter });
      await route.fulfill({ json: { data: { search: { pageInfo: { hasNextPage: false, endCursor: null }, edges: nearest } } } });
    } else if (query.includes('searchByWords')) {
      const { data } = (await (await route.fetch()).json()) as { data: object };
      await route.fulfill({ json: { data: { ...data, instance: { searchByWords: { model: 'made up' } } } } });
    } else {
      await route.continue();
    }
  });
  const shown = () => page.locator('[data-index] a').evaluateAll((links) => links.map((link) => /photo\/([^?]*)/.exec((link as HTMLAnchorElement).href)?.[1]));
  await library.open('#/?year=2025');
  await page.getByRole('combobox', { name: 'Search' }).fill('a red rocket');
  await page.getByRole('option', { name: 'Pictures that show: a red rocket' }).click();
  await expect(page).toHaveURL(/shows=a\+red\+rocket/);
  await expect.poll(shown).toEqual(nearest.map(({ node }) => node.id));
  expect(asked.at(-1)).toEqual({ words: 'a red rocket', filter: { years: [2025] } });
  await expect(page.getByRole('button', { name: 'Keep as album' })).toBeHidden();
  await library.accessible();

  await page.getByRole('button', { name: 'Save search' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save search' });
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('a red rocket');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Rockets');
  await dialog.getByRole('button', { name: 'Save search' }).click();
  await expect(page.getByText('The search Rockets is saved.')).toBeVisible();
  await page.getByRole('button', { name: 'Remove filter Pictures that show: a red rocket' }).click();
  await expect(page.getByRole('heading', { name: /24 Dec/ })).toBeVisible();

  await page.goto(`${memoir.address}/#/albums`);
  await library.accessible();
  await page.getByRole('link', { name: 'Rockets' }).click();
  await expect(page).toHaveURL(/shows=a\+red\+rocket&year=2025/);
  await expect.poll(shown).toEqual(nearest.map(({ node }) => node.id));
  await page.goto(`${memoir.address}/#/`);
  await page.getByRole('combobox', { name: 'Search' }).fill('rock');
  await expect(page.getByRole('option', { name: /^Rockets/ })).toBeVisible();
  await page.goto(`${memoir.address}/#/albums`);
  await page.getByRole('button', { name: 'Delete the saved search Rockets' }).click();
  await expect(page.getByText('The saved search Rockets is deleted.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Rockets' })).toHaveCount(0);
});
