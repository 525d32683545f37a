import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { withFacts } from './pictures';
import { samples } from './samples';
import { expect, Library, test } from './test';

// In a library of their own, so that other tests find theirs as it was.
test.use({ token: async ({ memoir }, use) => use(await memoir.token('uploader')) });

test.beforeEach(async ({ library, page }) => {
  await library.enter();
  await page.getByRole('region', { name: 'Pictures, newest first' }).or(page.getByText('No pictures yet')).waitFor();
});

/** A photo that nobody has uploaded before, of about so many bytes. */
function fresh(bytes = 0): Buffer {
  const photo = withFacts(readFileSync(samples('photos/rocket.jpg')), '2026:11:01 12:00:00');
  // What follows the end of a JPEG is read by nobody.
  return Buffer.concat([photo, randomBytes(16), Buffer.alloc(bytes)]);
}

const picker = 'input[type=file]:not([webkitdirectory])';

test('chosen files go to the library and appear, and one that is there already is not sent', async ({ library, page }) => {
  const photo = fresh();
  await page.setInputFiles(picker, [
    { name: 'new.jpg', mimeType: 'image/jpeg', buffer: photo },
    { name: 'empty.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0) },
  ]);
  const list = page.getByRole('list', { name: 'Uploads' });
  await expect(list.getByText('Uploaded')).toBeVisible();
  await expect(list.getByText('Failed: The file is empty')).toBeVisible();
  await library.accessible();
  await expect(page.getByRole('heading', { name: /1 Nov/ })).toBeVisible({ timeout: 40_000 });
  let sent = 0;
  page.on('request', (request) => (sent += request.method() === 'PUT' ? 1 : 0));
  await page.setInputFiles(picker, [{ name: 'again.jpg', mimeType: 'image/jpeg', buffer: photo }]);
  await expect(list.getByText('Already there')).toBeVisible();
  expect(sent).toBe(0);
  await library.show('upload');
});

test('files that are dropped are uploaded', async ({ page }) => {
  const data = await page.evaluateHandle(
    (bytes) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], 'dropped.jpg', { type: 'image/jpeg' }));
      return transfer;
    },
    fresh().toString('base64'),
  );
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: data });
  await expect(page.getByText('Drop to upload')).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
  await expect(page.getByRole('list', { name: 'Uploads' }).getByText('Uploaded')).toBeVisible();
});

test('what is new in a folder that is watched is uploaded, after a reload, too, until one stops', async ({ memoir, token, playwright, launchOptions }, info) => {
  // With a profile on the disk, as people have one.
  const context = await playwright.chromium.launchPersistentContext(info.outputPath('profile'), launchOptions);
  const page = await context.newPage();
  const library = new Library(page, memoir, token);
  // What a person would choose: a folder that a test can write to.
  await page.addInitScript(() => {
    const camera = async () => (await navigator.storage.getDirectory()).getDirectoryHandle('camera', { create: true });
    Object.assign(window, { showDirectoryPicker: camera });
  });
  await library.enter();
  const put = (name: string) =>
    page.evaluate(
      async ([called, bytes]) => {
        const camera = await (await navigator.storage.getDirectory()).getDirectoryHandle('camera');
        const day = await camera.getDirectoryHandle('today', { create: true });
        const file = await (await day.getFileHandle(called!, { create: true })).createWritable();
        await file.write(Uint8Array.from(atob(bytes!), (c) => c.charCodeAt(0)));
        await file.close();
      },
      [name, fresh().toString('base64')],
    );
  const list = page.getByRole('list', { name: 'Uploads' });
  await page.getByRole('button', { name: 'Upload' }).click();
  await page.getByRole('button', { name: 'Watch a folder' }).click();
  await expect(page.getByText(/^Watching camera: /)).toBeVisible();
  await put('one.jpg');
  await expect(list.getByText('one.jpg')).toBeVisible({ timeout: 20_000 });
  await expect(list.getByText('Uploaded')).toBeVisible();
  await library.accessible();

  // Until the next look it is written down that the library has it.
  await page.waitForTimeout(4_000);
  await page.reload();
  await put('two.jpg');
  await expect(list.getByText('two.jpg')).toBeVisible({ timeout: 20_000 });
  await expect(list.getByText('Uploaded')).toBeVisible();
  await expect(list.getByText('one.jpg')).toBeHidden();

  await page.getByRole('button', { name: 'Stop watching' }).click();
  await put('three.jpg');
  await page.reload();
  await page.getByRole('button', { name: 'Upload' }).click();
  await expect(page.getByRole('button', { name: 'Watch a folder' })).toBeVisible();
  await page.waitForTimeout(8_000);
  await expect(list.getByText('three.jpg')).toBeHidden();
  await context.close();
});

test('a lost network is waited for', async ({ page }) => {
  let cut = true;
  await page.route(/:\d+\/originals\//, (route) => (cut && route.request().method() === 'PUT' ? route.abort('internetdisconnected') : route.continue()));
  await page.setInputFiles(picker, [{ name: 'cut.jpg', mimeType: 'image/jpeg', buffer: fresh() }]);
  const list = page.getByRole('list', { name: 'Uploads' });
  await expect(list.getByText('Waiting for the network')).toBeVisible();
  cut = false;
  await expect(list.getByText('Uploaded')).toBeVisible();
});

test('a large file goes in parts, and after a reload only those that are missing are sent', async ({ library, page }, info) => {
  const file = info.outputPath('film.mp4');
  mkdirSync(info.outputDir, { recursive: true });
  writeFileSync(file, Buffer.concat([readFileSync(samples('videos/bikes.mp4')), randomBytes(16), Buffer.alloc(70 << 20)]));
  const parts: string[] = [];
  const part = (url: string) => new URL(url).searchParams.get('partNumber') ?? '';
  page.on('request', (request) => request.method() === 'PUT' && parts.push(part(request.url())));
  await page.route(/partNumber=3/, (route) => (route.request().method() === 'PUT' ? route.abort('internetdisconnected') : route.continue()));
  await page.setInputFiles(picker, file);
  await expect(page.getByText('Waiting for the network')).toBeVisible({ timeout: 40_000 });
  expect([...new Set(parts)]).toEqual(['1', '2', '3']);

  page.once('dialog', (dialog) => void dialog.accept());
  await page.unroute(/partNumber=3/);
  parts.length = 0;
  await page.reload();
  await page.getByRole('button', { name: 'Upload' }).click();
  await expect(page.getByText('An upload was interrupted.')).toBeVisible();
  await library.accessible();
  await page.setInputFiles(picker, file);
  await expect(page.getByRole('list', { name: 'Uploads' }).getByText('Uploaded')).toBeVisible({ timeout: 40_000 });
  expect(parts).toEqual(['3', '4', '5']);
});

test('labels are proposed on the device, as the server finds them, and those chosen become tags, after a reload, too', async ({ library, memoir, page, token }) => {
  const photo = samples('photos/chelsea.png');
  const { labels } = JSON.parse(await memoir.call('labels', photo, '--json')) as { labels: { name: string }[] };
  await page.getByRole('button', { name: 'Upload' }).click();
  await page.getByRole('checkbox', { name: 'Propose labels before sending' }).check();
  await page.setInputFiles(picker, photo);
  const proposed = page.getByRole('group', { name: 'Labels of chelsea.png' });
  await expect(proposed.getByRole('button')).toHaveText(labels.map(({ name }) => name), { timeout: 60_000 });
  await proposed.getByRole('button', { name: 'cat', exact: true }).focus();
  await page.keyboard.press('Space');
  await expect(proposed.getByRole('button', { pressed: true })).toHaveText(['cat']);
  await library.accessible();
  await library.show('labels');
  await page.getByRole('button', { name: 'Send chelsea.png' }).click();
  await expect(page.getByRole('list', { name: 'Uploads' }).getByText('Uploaded')).toBeVisible();
  await page.reload();
  type Found = { assets: { edges: { node: { tags: string[] } }[] } };
  const tags = () => memoir.ask<Found>('{ assets(filter: {text: "chelsea"}) { edges { node { tags } } } }', token);
  await expect.poll(async () => (await tags()).assets.edges.map(({ node }) => node.tags), { timeout: 60_000 }).toEqual([['cat']]);
  await expect.poll(() => page.evaluate(() => localStorage.getItem('memoir.tags'))).toBeNull();
  await page.evaluate(() => localStorage.removeItem('memoir.propose'));
});

test('a picture that no labels are found in, and what is no picture, are sent at once', async ({ page }) => {
  await page.getByRole('button', { name: 'Upload' }).click();
  await page.getByRole('checkbox', { name: 'Propose labels before sending' }).check();
  await page.setInputFiles(picker, [
    { name: 'broken.jpg', mimeType: 'image/jpeg', buffer: randomBytes(2_000) },
    { name: 'words.txt', mimeType: 'text/plain', buffer: randomBytes(200) },
  ]);
  await expect(page.getByRole('list', { name: 'Uploads' }).getByText('Uploaded')).toHaveCount(2);
});
