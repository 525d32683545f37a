import { boxOf, expect, test } from './test';

test('from a sleeping start the pictures are there soon, and everything sleeps before', async ({ library, memoir, page }) => {
  // What earlier tests uploaded may still be looked at.
  test.setTimeout(180_000);
  await memoir.asleep();
  await library.open();
  await expect(library.tiles().first()).toBeVisible();
  await expect(page.getByRole('heading', { name: /4 Oct/ })).toBeVisible();
  await library.drawn();
  await library.accessible();
  await library.show('library');
});

test('a picture shows at once what it will look like, before its thumbnail has come', async ({ library, page }) => {
  await page.route(/thumbnail\.jpg/, () => undefined);
  await library.open();
  const before = page.locator('.tile img.before').first();
  await expect(before).toHaveAttribute('src', /^data:image\/png/);
});

test('only what is near the view is drawn, and the scrub bar leads to any month by keyboard', async ({ library, page }) => {
  await library.open();
  const bar = page.getByRole('slider', { name: 'Time' });
  const first = await library.tiles().first().getAttribute('href');
  await bar.focus();
  const newest = (await bar.getAttribute('aria-valuetext'))!;
  await page.keyboard.press('End');
  await expect(bar).toHaveAttribute('aria-valuetext', /2024/);
  await expect(page.getByRole('heading', { name: /29 Feb/ })).toBeVisible();
  await expect(page.locator(`a[href="${first}"]`)).toHaveCount(0);
  expect(await page.locator('[data-index]').count()).toBeLessThan(90);
  await page.keyboard.press('Home');
  await expect(bar).toHaveAttribute('aria-valuetext', newest);
  await page.keyboard.press('PageDown');
  await expect(bar).toHaveAttribute('aria-valuetext', /2025/);
});

test('arrows lead from picture to picture, space chooses, and the trash gives back', async ({ library, page }) => {
  await library.open();
  await library.tiles().first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('[data-index="2"] a')).toBeFocused();
  await page.keyboard.press(' ');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page.getByText('3 selected')).toBeVisible();
  await library.accessible();
  const gone = await page.locator('[data-index="2"] a').getAttribute('href');
  await page.getByRole('button', { name: 'Move to trash' }).click();
  await expect(page.getByText('3 pictures moved to the trash.')).toBeVisible();
  await expect(page.locator(`a[href="${gone}"]`)).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('3 pictures restored.')).toBeVisible();
  await expect(page.locator(`a[href="${gone}"]`)).toHaveCount(1);
});

test('a click, a click with shift and a drag choose pictures', async ({ library, page }, { project }) => {
  test.skip(project.name === 'phone', 'a mouse is needed');
  await library.open();
  await page.locator('[data-index="1"]').hover();
  await page.getByRole('checkbox', { name: /^Select/ }).nth(1).click();
  await page.locator('[data-index="4"] a').click({ modifiers: ['Shift'] });
  await expect(page.getByText('4 selected')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('4 selected')).toHaveCount(0);
  await page.locator('[data-index="0"]').hover();
  await page.mouse.down();
  await page.locator('[data-index="2"]').hover();
  await page.mouse.up();
  await expect(page.getByText('3 selected')).toBeVisible();
  await expect(library.viewer()).toHaveCount(0);
});

test('pictures become larger and smaller, and stay so', async ({ library, page }, { project }) => {
  test.skip(project.name === 'phone', 'phones have no buttons for it');
  await library.open();
  const height = async () => (await boxOf(page.locator('[data-index="0"]'))).height;
  const before = await height();
  await page.getByRole('button', { name: 'Larger pictures' }).click();
  await expect.poll(height).toBeGreaterThan(before * 1.2);
  await library.open();
  await expect.poll(height).toBeGreaterThan(before * 1.2);
});

test('the trash is a place of its own', async ({ library, page }) => {
  await library.open();
  await page.getByRole('link', { name: 'Trash' }).click();
  await expect(page.getByText('The trash is empty')).toBeVisible();
  await library.accessible();
});

test('what changes elsewhere shows when one comes back to the page', async ({ library, page, memoir, token }) => {
  await library.open();
  const first = library.tiles().first();
  const href = await first.getAttribute('href');
  const id = /photo\/([^?]*)/.exec(href!)![1]!;
  const comeBack = () => page.evaluate(() => dispatchEvent(new Event('focus')));
  const there = page.locator(`[data-index] a[href="${href}"]`);
  await memoir.ask(`mutation { trash(ids: ["${id}"]) { outcome } }`, token);
  try {
    // Who comes and goes within two seconds asks once.
    await expect.poll(async () => (await comeBack(), there.count())).toBe(0);
  } finally {
    await memoir.ask(`mutation { restore(ids: ["${id}"]) { outcome } }`, token);
  }
  await expect.poll(async () => (await comeBack(), there.count())).toBe(1);
});

test('nothing moves for those who asked for that', async ({ library, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await library.open();
  const times = await page.evaluate(() =>
    [...document.querySelectorAll('*')].map((e) => Math.max(...getComputedStyle(e).transitionDuration.split(',').map(parseFloat))),
  );
  expect(Math.max(...times)).toBeLessThan(0.001);
});

test('on a German system it speaks German', async ({ browser, memoir, token }) => {
  const context = await browser.newContext({ locale: 'de-CH' });
  const page = await context.newPage();
  await page.goto(`${memoir.address}/`);
  await expect(page.getByRole('heading', { name: 'Anmelden' })).toBeVisible();
  await page.evaluate((pasted) => sessionStorage.setItem('memoir.token', pasted), token);
  await page.reload();
  await expect(page.getByRole('region', { name: 'Bilder, die neuesten zuerst' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await context.close();
});

test('where nobody looks for faces, the page of people says how that is turned on', async ({ library, page }) => {
  await library.open();
  await page.getByRole('link', { name: 'People' }).click();
  await expect(page.getByText('Memoir does not look for faces here')).toBeVisible();
  await expect(page.getByText('./memoir faces --library on')).toBeVisible();
  await library.accessible();
});
