import type { Page } from '@playwright/test';
import { expect, test } from './family';
import { boxOf } from './test';

test.describe.configure({ mode: 'serial' });

const undo = { name: 'Undo' } as const;

test('a face in a picture is tapped and named, and found by the name', async ({ library, memoir, token, page }) => {
  const { assets } = await memoir.ask<{ assets: { edges: { node: { id: string; objects: { key: string }[] } }[] } }>(
    '{ assets { edges { node { id objects { key } } } } }',
    token,
  );
  const picture = assets.edges.find(({ node }) => node.objects[0]!.key.endsWith('biden.jpg'))!.node.id;
  await library.enter(`#/photo/${picture}`);
  await page.getByRole('button', { name: 'Details' }).click();
  const facts = page.getByRole('complementary', { name: 'Details' });
  await facts.getByLabel('Show faces in the picture').check();
  await library.accessible();
  await library.show('faces');
  const face = library.viewer().getByRole('button', { name: 'Who is this?' });
  const box = await boxOf(face);
  const whole = await boxOf(library.viewer().locator('.picture'));
  expect(box.y).toBeLessThan(whole.y + whole.height / 2);
  await face.click({ position: { x: 8, y: 8 } });
  await expect(facts.getByRole('textbox', { name: 'Who is this?' })).toBeFocused();
  await page.keyboard.type('Joe');
  await page.keyboard.press('Enter');
  await expect(page.getByText('This is Joe.')).toBeVisible();
  await expect(library.viewer().getByRole('button', { name: 'Joe', exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  // Closing leads back to the picture in its row.
  await expect(page.locator('[data-index] a:focus')).toHaveCount(1);
  await page.getByRole('combobox', { name: 'Search' }).click();
  await page.keyboard.type('joe');
  await page.getByRole('option', { name: /^Joe/ }).click();
  await expect(page.getByRole('button', { name: 'Remove filter Joe' })).toBeVisible();
  await expect(library.tiles()).toHaveCount(1);
});

test('people are named by keyboard, and the name is taken back', async ({ library, page }) => {
  await library.enter('#/people');
  const field = page.getByRole('textbox', { name: 'Who is this?' });
  await field.focus();
  await page.keyboard.type('Barack');
  await page.keyboard.press('Escape');
  await expect(field).toHaveValue('');
  await field.focus();
  await page.keyboard.type('Barack');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Barack, 5 pictures' })).toBeVisible();
  await page.getByRole('button', undo).click();
  await expect(page.getByRole('link', { name: 'Somebody without a name, 5 pictures' })).toBeVisible();
  await field.fill('Barack');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Barack, 5 pictures' })).toBeVisible();
  await library.accessible();
  await library.show('people');
});

test('two become one, an address with the old id leads to who they are now, and the undo parts them', async ({ library, page }) => {
  await library.enter('#/people');
  const old = (await page.getByRole('link', { name: /^Joe,/ }).getAttribute('href'))!;
  await page.getByRole('checkbox', { name: 'Choose Barack' }).check();
  await page.getByRole('checkbox', { name: 'Choose Joe' }).check();
  await page.getByRole('button', { name: 'They are one person' }).click();
  await expect(page.getByRole('link', { name: 'Barack, 6 pictures' })).toBeVisible();
  await page.evaluate((hash) => (location.hash = hash), old);
  await expect(library.tiles()).toHaveCount(6);
  await expect(page.getByRole('textbox', { name: 'Name of Barack' })).toBeVisible();
  expect(page.url()).not.toContain(old);
  await page.getByRole('button', undo).click();
  await expect(library.tiles()).toHaveCount(5);
});

test('faces that are not theirs go, a cover is chosen, and both are taken back', async ({ library, page }) => {
  await library.enter('#/people');
  await page.getByRole('link', { name: /^Barack,/ }).click();
  await expect(library.tiles()).toHaveCount(5);
  await page.getByRole('button', { name: 'Faces', exact: true }).click();
  const faces = page.getByRole('region', { name: 'Faces of Barack' });
  await expect(faces.getByRole('button', { name: /^Face/ })).toHaveCount(5);
  await library.accessible();
  await library.show('person');
  await faces.getByRole('button', { name: 'Face 3' }).click();
  await faces.getByRole('button', { name: 'Use as cover' }).click();
  await expect(page.getByText('This is their cover now.')).toBeVisible();
  const chosen = await faces.getByRole('button', { name: 'Face 3' }).locator('img').getAttribute('src');
  await expect(page.locator('.person > img')).toHaveAttribute('src', chosen!);
  await page.getByRole('button', undo).click();
  await expect(page.getByText('Taken back.')).toBeVisible();
  await faces.getByRole('button', { name: 'Face 1' }).click();
  await faces.getByRole('button', { name: 'Not this person' }).click();
  await expect(page.getByText('1 face is not theirs any more.')).toBeVisible();
  await expect(library.tiles()).toHaveCount(4);
  await page.getByRole('button', undo).click();
  await expect(library.tiles()).toHaveCount(5);
});

test('who is hidden is in a list of their own until shown again', async ({ library, page }) => {
  await library.enter('#/people');
  await page.getByRole('checkbox', { name: 'Choose Joe' }).check();
  await page.getByRole('button', { name: 'Hide' }).click();
  await expect(page.getByRole('link', { name: /^Joe,/ })).toHaveCount(0);
  await page.getByRole('link', { name: 'Hidden people' }).click();
  await expect(page.getByRole('link', { name: /^Joe,/ })).toBeVisible();
  await library.accessible();
  await page.getByRole('checkbox', { name: 'Choose Joe' }).check();
  await page.getByRole('button', { name: 'Show again' }).click();
  await expect(page.getByText('Nobody is hidden')).toBeVisible();
});

test('a face that nobody was found for becomes the person’s whose name is typed', async ({ library, page }) => {
  // None of the samples is too blurred to be anybody's: the page is told that this one is.
  await page.route('**/graphql', async (route) => {
    const answer = await route.fetch();
    const text = await answer.text();
    const asset = route.request().postData()!.includes('query Asset(');
    await route.fulfill({ response: answer, body: asset ? text.replace(/"person":\{"id":"[^"]+","name":"Joe"\}/g, '"person":null') : text });
  });
  await library.open('#/?q=biden');
  await library.tiles().first().click();
  await page.getByRole('button', { name: 'Details' }).click();
  await page.getByRole('textbox', { name: 'Who is this?' }).fill('barack');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Name of Barack' })).toBeVisible();
  await page.getByRole('button', undo).click();
  await expect(page.getByRole('textbox', { name: 'Who is this?' })).toBeVisible();
});

test('questions are answered in a row by keyboard or by swiping, and an answer is taken back', async ({ library, memoir, token, page, isMobile }) => {
  test.setTimeout(120_000);
  const asked = '{ people(text: "barack") { edges { node { assets { edges { node { faces { id } } } } } } } }';
  type Answer = { people: { edges: { node: { assets: { edges: { node: { faces: { id: string }[] } }[] } } }[] } };
  const faces = (await memoir.ask<Answer>(asked, token)).people.edges[0]!.node.assets.edges.map(({ node }) => node.faces[0]!.id);
  await memoir.ask(`mutation { moveFaces(faces: ["${faces[0]}", "${faces[1]}"]) { decision } }`, token);
  await memoir.call('faces', '--library', 'group');
  await library.enter('#/people');
  await page.getByRole('link', { name: 'Same person? (1)' }).click();
  const question = page.getByRole('heading', { name: /the same person\?$/ });
  await expect(question).toBeVisible();
  await library.accessible();
  await library.show('same');
  await (isMobile ? swipe(page, -120) : page.keyboard.press('n'));
  await expect(page.getByText('They stay two people.')).toBeVisible();
  await expect(page.getByText('No more questions')).toBeVisible();
  await page.getByRole('button', undo).click();
  await expect(page.getByText('Taken back.')).toBeVisible();
  // Questions are made by grouping.
  await memoir.call('faces', '--library', 'group');
  await page.reload();
  await expect(question).toBeVisible();
  await page.keyboard.press('s');
  await expect(page.getByText('No more questions')).toBeVisible();
  await page.reload();
  await (isMobile ? swipe(page, 120) : page.getByRole('button', { name: 'Yes' }).click());
  await expect(page.getByText('They are one person now.')).toBeVisible();
  await page.getByRole('link', { name: 'People', exact: true }).click();
  await expect(page.getByRole('link', { name: 'Barack, 5 pictures' })).toBeVisible();
});

/** A finger from the middle of the pair to the right, or to the left. */
async function swipe(page: Page, far: number) {
  const { x, y, width, height } = await boxOf(page.getByRole('figure').first());
  const devtools = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', right = 0) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x: x + width / 2 + right, y: y + height / 2 }] });
  await touch('touchStart');
  for (let step = 1; step <= 4; step++) {
    await touch('touchMove', (far * step) / 4);
  }
  await touch('touchEnd');
  await devtools.detach();
}
