import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { samples } from './samples';
import { expect, test } from './test';

test.use({ serviceWorkers: 'allow', trace: 'off' });

test('a visited library shows at once without the network, pictures included', async ({ library, page, context }) => {
  await library.open();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  // The first visit was before the worker: the second fills its cache.
  await library.open();
  await library.drawn();
  await context.setOffline(true);
  await page.reload();
  await expect(library.tiles().first()).toBeVisible();
  await expect
    .poll(() => page.evaluate(() => document.querySelector<HTMLImageElement>('.tile img.shown')?.naturalWidth ?? 0))
    .toBeGreaterThan(0);
  await expect(page.getByText('No connection. Showing what was seen last.')).toBeVisible();
  await context.setOffline(false);
});

test('it can be installed: a manifest with icons that are there', async ({ memoir, page, request }) => {
  await page.goto(memoir.address);
  const manifest = await (await request.get(`${memoir.address}/manifest.webmanifest`)).json();
  expect(manifest).toMatchObject({ name: 'Memoir', display: 'standalone', start_url: '/' });
  expect(manifest.share_target).toMatchObject({ action: '/take', method: 'POST', enctype: 'multipart/form-data' });
  for (const icon of manifest.icons) {
    const answer = await request.get(`${memoir.address}${icon.src}`);
    expect(answer.headers()['content-type'], icon.src).toBe(icon.type);
    if (icon.sizes !== 'any') {
      const png = await answer.body();
      expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(icon.sizes);
    }
  }
});

test('whoever signs out leaves no pictures in the browser', async ({ library, page }) => {
  await library.open();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await library.open();
  await library.drawn();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  const kept = await page.evaluate(() => caches.keys());
  expect(kept.filter((name) => !name.startsWith('memoir-shell-'))).toEqual([]);
});

test('what another app shares is kept until somebody is signed in, and then sent', async ({ library, memoir, page }) => {
  await page.addInitScript(() => {
    const shown: number[] = [];
    Object.assign(globalThis, { shown });
    navigator.setAppBadge = async (count) => void shown.push(count ?? 0);
    navigator.clearAppBadge = async () => void shown.push(0);
  });
  await page.goto(memoir.address);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  const photo = Buffer.concat([readFileSync(samples('photos/rocket.jpg')), randomBytes(16)]).toString('base64');
  // A form does what the system does when somebody shares: it posts to the address in the manifest.
  await page.evaluate((content) => {
    const bytes = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
    const files = new DataTransfer();
    files.items.add(new File([bytes], 'Strand è.jpg', { type: 'image/jpeg' }));
    const form = Object.assign(document.createElement('form'), { action: '/take', method: 'POST', enctype: 'multipart/form-data' });
    const input = Object.assign(document.createElement('input'), { type: 'file', name: 'files' });
    input.files = files.files;
    form.append(input);
    document.body.append(form);
    form.submit();
  }, photo);
  await page.waitForURL(/#\/(upload)?$/);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await library.enter('#/', await memoir.token('sharer'));
  const list = page.getByRole('list', { name: 'Uploads' });
  await expect(list.getByText('Strand è.jpg')).toBeVisible();
  await expect(list.getByText('Uploaded')).toBeVisible();
  expect(await page.evaluate(() => (globalThis as unknown as { shown: number[] }).shown)).toEqual([1, 0]);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Upload' })).toBeVisible();
  await expect.poll(() => page.evaluate(async () => (await (await caches.open('memoir-shared')).keys()).length)).toBe(0);
});
