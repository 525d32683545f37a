import type { Page } from '@playwright/test';
import { expect, own, test } from './test';

test.describe.configure({ mode: 'serial' });

const undo = { name: 'Undo' } as const;

/** So many of the newest pictures, chosen by keyboard; the very newest are a film and a file that nothing can be seen of. */
async function choose(page: Page, count: number) {
  await page.locator('[data-index="2"] a').focus();
  await page.keyboard.press('Space');
  for (let i = 1; i < count; i++) {
    await page.keyboard.press('Shift+ArrowRight');
  }
  await expect(page.getByText(`${count} selected`)).toBeVisible();
}

const order = (page: Page) => page.getByRole('region', { name: 'Pictures in their order' }).locator('li a');
const names = async (page: Page) => order(page).evaluateAll((links) => links.map((link) => link.getAttribute('href')));

async function openAlbum(page: Page, name: string) {
  await page.getByRole('link', { name: new RegExp(`^${name}, `) }).click();
  await expect(page.getByRole('heading', { name, level: 2 })).toBeVisible();
}

test.afterAll(async ({ browser: _ }) => {
  const given = own();
  if (given) {
    const { memoir, token } = given;
    const { albums } = await memoir.ask<{ albums: { edges: { node: { id: string } }[] } }>('{ albums(first: 200) { edges { node { id } } } }', token);
    for (const { node } of albums.edges) {
      await memoir.ask(`mutation { deleteAlbum(id: "${node.id}") }`, token);
    }
  }
});

test('an album is made of chosen pictures, by keyboard', async ({ library, page }) => {
  await library.open();
  await choose(page, 4);
  await page.getByRole('button', { name: 'Add to an album' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Which album?' });
  await dialog.getByRole('textbox', { name: 'New album' }).focus();
  await page.keyboard.type('Autumn');
  await library.accessible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('4 pictures added to Autumn.')).toBeVisible();
  await expect(page.getByText('4 selected')).toBeHidden();

  await page.getByRole('link', { name: 'Albums' }).click();
  await expect(page.getByRole('link', { name: 'Autumn, 4 pictures' })).toBeVisible();
  await openAlbum(page, 'Autumn');
  await expect(library.tiles()).toHaveCount(4);
  await page.locator('[data-index="0"] a').press('Enter');
  await expect(library.viewer()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Autumn', level: 2 })).toBeVisible();
});

test('an album is renamed, put into an order of its own and arranged by keyboard', async ({ library, page }) => {
  await library.enter('#/albums');
  await openAlbum(page, 'Autumn');
  await page.getByRole('button', { name: 'Album settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Album settings' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Autumn days');
  await dialog.getByRole('textbox', { name: 'Description' }).fill('Wind and colours');
  await dialog.getByRole('combobox', { name: 'Order' }).selectOption({ label: 'As you arrange it' });
  await library.accessible();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'Autumn days', level: 2 })).toBeVisible();
  await expect(page.getByText('Wind and colours')).toBeVisible();
  await expect(order(page)).toHaveCount(4);
  const before = await names(page);
  await order(page).first().focus();
  await page.keyboard.press('Alt+End');
  await expect(page.getByText('Now at 4 of 4')).toBeAttached();
  await expect(order(page).last()).toBeFocused();
  await page.keyboard.press('Alt+ArrowLeft');
  const after = [before[1], before[2], before[0], before[3]];
  await expect.poll(() => names(page)).toEqual(after);
  await expect(order(page).nth(2)).toBeFocused();
  await expect(page.getByText('Now at 3 of 4')).toBeAttached();
  await page.reload();
  await expect(order(page)).toHaveCount(4);
  expect(await names(page)).toEqual(after);
  await library.accessible();
  await library.show('album');
});

test('pictures are arranged by dragging and by buttons', async ({ library, page, isMobile }) => {
  await library.enter('#/albums');
  await openAlbum(page, 'Autumn days');
  await expect(order(page)).toHaveCount(4);
  const before = await names(page);
  const items = page.getByRole('region', { name: 'Pictures in their order' }).locator('li');
  if (!isMobile) {
    await items.nth(3).dragTo(items.nth(0), { targetPosition: { x: 4, y: 30 } });
    await expect.poll(() => names(page)).toEqual([before[3], before[0], before[1], before[2]]);
  }
  const now = await names(page);
  await order(page).nth(1).press('Space');
  await page.getByRole('toolbar', { name: 'Arrange' }).getByRole('button', { name: 'To the front' }).click();
  await expect.poll(() => names(page)).toEqual([now[1], now[0], now[2], now[3]]);
  await expect(page.getByText('Now at 1 of 4')).toBeAttached();
  await library.accessible();
  await page.reload();
  await expect(order(page)).toHaveCount(4);
  expect(await names(page)).toEqual([now[1], now[0], now[2], now[3]]);
});

test('one picture becomes the cover, one is taken out, and that is taken back', async ({ library, page }) => {
  await library.enter('#/albums');
  const card = page.getByRole('link', { name: /^Autumn days, 4/ }).locator('img');
  const old = await card.getAttribute('src');
  await openAlbum(page, 'Autumn days');
  await order(page).nth(2).press('Space');
  await page.getByRole('button', { name: 'Use as cover of the album' }).click();
  await expect(page.getByText('This is the album’s cover now.')).toBeVisible();
  await page.getByRole('navigation', { name: 'Albums' }).getByRole('link', { name: 'Albums' }).click();
  await expect(card).not.toHaveAttribute('src', old!);
  await openAlbum(page, 'Autumn days');
  await order(page).first().press('Space');
  await page.getByRole('button', { name: 'Take out of the album' }).click();
  await expect(page.getByText('1 picture taken out of the album. They are still in the library.')).toBeVisible();
  await expect(order(page)).toHaveCount(3);
  await page.getByRole('button', undo).click();
  await expect(order(page)).toHaveCount(4);
});

test('an album lies in another, and goes without its pictures', async ({ library, page }) => {
  await library.enter('#/albums');
  await openAlbum(page, 'Autumn days');
  await page.getByRole('button', { name: 'New album in this one' }).click();
  const dialog = page.getByRole('dialog', { name: 'New album' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('At the lake');
  await dialog.getByRole('button', { name: 'Make album' }).click();
  await expect(page.getByRole('heading', { name: 'At the lake', level: 2 })).toBeVisible();
  await expect(page.getByText('Nothing in this album yet')).toBeVisible();
  await library.accessible();
  await page.getByRole('navigation', { name: 'Albums' }).getByRole('link', { name: 'Autumn days' }).click();
  await page.getByRole('link', { name: 'At the lake, 0 pictures' }).click();
  await expect(page.getByRole('heading', { name: 'At the lake', level: 2 })).toBeVisible();
  await page.getByRole('button', { name: 'Album settings' }).click();
  await page.getByRole('button', { name: 'Delete album' }).click();
  await page.getByRole('dialog', { name: 'Delete the album At the lake?' }).getByRole('button', { name: 'Delete album' }).click();
  await expect(page.getByText('The album is deleted.')).toBeVisible();
  await expect(page.getByRole('link', { name: /^Autumn days, 4/ })).toBeVisible();
});

test('what is looked for is kept as an album that gathers it', async ({ library, page }) => {
  await library.open('#/?year=2024&year=2025');
  await page.getByRole('button', { name: 'Keep as album' }).click();
  const dialog = page.getByRole('dialog', { name: 'Keep what is looked for as album' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Two years');
  await library.accessible();
  await dialog.getByRole('button', { name: 'Make album' }).click();
  await expect(page.getByRole('heading', { name: 'Two years', level: 2 })).toBeVisible();
  await expect(page.getByText(/^\d+ pictures · by a rule$/)).toBeVisible();
  await library.tiles().first().waitFor();
  await library.enter('#/albums');
  await expect(page.getByRole('link', { name: /^Two years, 6\d pictures/ })).toBeVisible();
  await library.accessible();
  await library.show('albums');
  await page.goto(`${library.memoir.address}/#/?q=rocket`);
  await expect(page.getByRole('button', { name: 'Keep as album' })).toBeHidden();
});

test('what an album gathers is changed by looking for something else', async ({ library, page }) => {
  await library.open('#/?year=2024');
  await page.getByRole('button', { name: 'Keep as album' }).click();
  const keep = page.getByRole('dialog', { name: 'Keep what is looked for as album' });
  await keep.getByRole('textbox', { name: 'Name' }).fill('Some years');
  await keep.getByRole('button', { name: 'Make album' }).click();
  await page.getByRole('heading', { name: 'Some years', level: 2 }).waitFor();
  const before = await page.getByText(/^\d+ pictures · by a rule$/).textContent();

  await page.getByRole('button', { name: 'Album settings' }).click();
  await library.accessible();
  await page.getByRole('link', { name: 'Look for something else.' }).click();
  await expect(page).toHaveURL(/#\/\?year=2024$/);
  await page.goto(`${library.memoir.address}/#/?year=2024&year=2025`);
  await page.getByRole('button', { name: 'Keep as album' }).click();
  await keep.getByRole('combobox', { name: 'Where' }).selectOption({ label: 'Some years, instead of what it gathers now' });
  await expect(keep.getByRole('textbox', { name: 'Name' })).toBeHidden();
  await keep.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Some years', level: 2 }).waitFor();
  await expect(page.getByText(/^\d+ pictures · by a rule$/)).not.toHaveText(before!);
});

test('an album is given to somebody, who adds to it and doesn’t manage it', async ({ library, memoir, page }) => {
  await library.enter('#/albums');
  await openAlbum(page, 'Autumn days');
  await page.getByRole('button', { name: 'Share' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share Autumn days' });
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('visitor');
  await dialog.getByRole('combobox', { name: 'May' }).selectOption({ label: 'look and add pictures' });
  await dialog.getByRole('button', { name: 'Share with them' }).click();
  await expect(page.getByText('visitor has this album now.')).toBeAttached();
  await expect(dialog.getByRole('combobox', { name: 'What visitor may do' })).toHaveValue('CONTRIBUTE');

  await library.enter('#/albums', await memoir.token('visitor'));
  await openAlbum(page, 'Autumn days');
  await expect(order(page)).toHaveCount(4);
  await expect(page.getByRole('button', { name: 'Album settings' })).toBeHidden();

  await library.enter('#/albums');
  await openAlbum(page, 'Autumn days');
  await page.getByRole('button', { name: 'Share' }).click();
  await dialog.getByRole('button', { name: 'Don’t share with visitor any more' }).click();
  await expect(dialog.getByText('Nobody else has it.')).toBeVisible();
});

test('a link is made, copied, counted and ended, and hides places and names unless told otherwise', async ({ library, page, context, memoir }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: memoir.address });
  await library.enter('#/albums');
  await openAlbum(page, 'Autumn days');
  await page.getByRole('button', { name: 'Share' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share Autumn days' });
  const preview = dialog.getByRole('region', { name: 'What guests see' });
  await expect(preview.getByRole('listitem')).toHaveCount(4);
  await expect(preview.getByText('No places, no file names. They may look, and keep nothing.')).toBeVisible();
  await dialog.getByRole('checkbox', { name: 'Show what the files are called' }).check();
  await expect(preview.getByText(/\.(jpg|mp4)$/)).toHaveCount(4);
  await dialog.getByRole('checkbox', { name: 'Show what the files are called' }).uncheck();
  await dialog.getByRole('checkbox', { name: 'Guests may keep the pictures' }).check();
  await dialog.getByRole('combobox', { name: 'Ends' }).selectOption({ label: 'In 7 days' });
  await library.accessible();
  await library.show('sharing');
  await dialog.getByRole('button', { name: 'Make link' }).click();
  const field = dialog.getByRole('textbox', { name: 'Address of the link' });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue(/\/share#[\w-]{40,}$/);
  await library.accessible();
  await dialog.getByRole('button', { name: 'Copy' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await field.inputValue());
  await dialog.getByRole('button', { name: 'Close' }).click();

  await library.enter('#/links');
  const link = page.getByRole('list', { name: 'Links' }).getByRole('listitem').first();
  await expect(link).toContainText('Autumn days');
  await expect(link).toContainText('4 pictures');
  await expect(link).toContainText('never opened');
  await library.accessible();
  await library.show('links');
  await link.getByRole('button', { name: 'End the link Autumn days' }).click();
  await page.getByRole('dialog', { name: 'End this link?' }).getByRole('button', { name: 'End link' }).click();
  await expect(link).toContainText('was ended');
});

test('chosen pictures are shared by a link of their own', async ({ library, page }) => {
  await library.open();
  await choose(page, 2);
  await page.getByRole('button', { name: 'Share' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share 2 pictures' });
  await expect(dialog.getByText('People here')).toBeHidden();
  await dialog.getByRole('textbox', { name: 'Title for guests' }).fill('For the neighbours');
  await dialog.getByRole('button', { name: 'Make link' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Address of the link' })).toHaveValue(/\/share#/);
  await page.keyboard.press('Escape');
  await library.enter('#/links');
  await expect(page.getByRole('listitem').filter({ hasText: 'For the neighbours' }).first()).toContainText('2 pictures');
});

test('what a link gives is changed later, and its address stays', async ({ library, page, context }) => {
  await library.open();
  await choose(page, 2);
  await page.getByRole('button', { name: 'Share' }).click();
  const share = page.getByRole('dialog', { name: 'Share 2 pictures' });
  await share.getByRole('textbox', { name: 'Title for guests' }).fill('For the choir');
  await share.getByLabel('Password').fill('tra-la-la');
  await share.getByRole('button', { name: 'Make link' }).click();
  const address = await share.getByRole('textbox', { name: 'Address of the link' }).inputValue();
  await page.keyboard.press('Escape');

  await library.enter('#/links');
  await page.getByRole('button', { name: 'Change the link For the choir' }).click();
  const change = page.getByRole('dialog', { name: 'Change the link For the choir' });
  await expect(change.getByRole('combobox', { name: 'Ends' }).locator('option:checked')).toHaveText(/^As now: /);
  await library.accessible();
  await change.getByRole('textbox', { name: 'Title for guests' }).fill('For the whole choir');
  await change.getByRole('checkbox', { name: 'Without a password' }).check();
  await expect(change.getByLabel('Another password')).toBeHidden();
  await change.getByRole('checkbox', { name: 'Show what the files are called' }).check();
  await change.getByRole('combobox', { name: 'Ends' }).selectOption({ label: 'When I end it' });
  await change.getByRole('button', { name: 'Change link' }).click();
  await expect(change).toBeHidden();
  const link = page.getByRole('listitem').filter({ hasText: 'For the whole choir' }).first();
  await expect(link).toContainText('until it is ended');
  await expect(link).not.toContainText('with a password');

  const guest = await context.newPage();
  await guest.goto(address);
  await expect(guest.getByRole('heading', { name: 'For the whole choir' })).toBeVisible();
});

test('an album that is not there says so', async ({ library, page }) => {
  await library.enter('#/album/00000000-0000-4000-8000-000000000000');
  await expect(page.getByText('This album is not there.')).toBeVisible();
  await library.accessible();
});
