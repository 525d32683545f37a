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
