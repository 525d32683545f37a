import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './family';
import { type Memoir, PASSWORD } from './memoir';

test.describe.configure({ mode: 'serial' });

const FRESH = 'a quieter lake in June';

async function enter(page: Page, memoir: Memoir, place: string, name: string, password = PASSWORD) {
  await page.goto(`${memoir.address}/${place}`);
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toHaveCount(0);
}

/** What no program of Memoir says, so that nobody understands it. */
async function nonsense(memoir: Memoir) {
  const conf = readFileSync(join(memoir.data, 'run/queue.conf'), 'utf8');
  const [, port, user, pass] = /listen: "127\.0\.0\.1:(\d+)"[^]*user: "([^"]+)", password: "([^"]+)"/.exec(conf)!;
  await new Promise<void>((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1');
    let said = '';
    socket.on('error', reject).on('data', (data) => {
      said += data.toString();
      if (said.includes('PONG')) {
        socket.end();
        resolve();
      }
    });
    socket.write(`CONNECT ${JSON.stringify({ user, pass, verbose: false })}\r\nPUB memoir.store 8\r\nnonsense\r\nPING\r\n`);
  });
}

test('an administrator sees how everything is, and that it may be old while nothing answers', async ({ memoir, library, page }) => {
  memoir.add('olga', '--group', 'admin', '--group', 'family', '--adult');
  await enter(page, memoir, '#/administration', 'olga');
  const api = page.getByRole('row', { name: /^api/ });
  await expect(api).toContainText(/asleep|awake|waking/);
  await expect(page.getByText(/GiB free|MiB free/)).toBeVisible();
  await library.accessible();
  await library.show('administration');
  await page.route('**/administration/status', (route) => route.abort());
  await expect(page.getByRole('alert')).toContainText('Memoir does not answer just now');
  await expect(page.getByRole('alert')).toContainText('What you see is from');
  await expect(api).toBeVisible();
  await library.accessible();
  await page.unroute('**/administration/status');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('Memoir does not answer just now')).toHaveCount(0);
  const users = page.getByRole('link', { name: 'Users' });
  await users.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /olga/ })).toBeVisible();
});

test('somebody is invited, given a right and removed, and each is noted', async ({ memoir, library, page, browser }) => {
  await enter(page, memoir, '#/administration/users', 'olga');
  await page.getByRole('textbox', { name: /^Name \(optional/ }).fill('rosa');
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = page.getByRole('textbox', { name: 'Link for rosa' });
  await expect(link).toBeFocused();
  await library.accessible();
  const guest = await browser.newContext();
  const invited = await guest.newPage();
  await invited.goto(await link.inputValue());
  await invited.getByLabel('Name').fill('rosa');
  await invited.getByLabel(/password/i).fill(PASSWORD);
  await invited.getByRole('button', { name: 'Begin' }).click();
  await expect(invited.locator('[data-index] a')).toHaveCount(6);
  await invited.goto(`${memoir.address}/#/administration`);
  await expect(invited.getByText('This page is not there')).toBeVisible();
  await expect(invited.getByRole('link', { name: 'Users' })).toHaveCount(0);
  await guest.close();

  await page.reload();
  await page.getByRole('checkbox', { name: 'Adult: rosa' }).check();
  await expect(page.getByText('rosa: changed.')).toBeVisible();
  expect(await memoir.call('user', 'list')).toMatch(/rosa\s+family\s+adult/);
  await page.getByLabel('Quota: rosa').fill('2048m');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Quota: rosa')).toHaveValue('2G');
  await page.getByLabel('Quota: rosa').fill('lots');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/a quota is a number/)).toBeVisible();
  await expect(page.getByLabel('Quota: rosa')).toHaveValue('2G');
  await expect(page.getByText('What belongs to all of the family:')).toBeVisible();
  await library.show('users');

  await page.getByRole('button', { name: 'Remove olga' }).click();
  await library.accessible();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText(/olga is the only administrator/)).toBeVisible();
  await page.getByRole('button', { name: 'Remove rosa' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'rosa' })).toBeVisible();
  await page.getByRole('button', { name: 'Remove rosa' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('rosa was removed.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'rosa' })).toHaveCount(0);

  await page.getByRole('link', { name: 'Changes' }).click();
  await expect(page.getByRole('heading', { name: 'removed: rosa' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'removed: rosa' })).toContainText('by olga');
  await library.accessible();
});

test('a dead letter is seen with its reason, sent again, and dropped', async ({ memoir, library, page }) => {
  await enter(page, memoir, '#/administration/letters', 'olga');
  await expect(page.getByRole('heading', { name: 'No dead letters' })).toBeVisible();
  await library.accessible();
  await nonsense(memoir);
  const again = page.getByRole('button', { name: /^Try again:/ });
  await expect(again).toHaveCount(1);
  const [before] = JSON.parse(await memoir.call('dead', '--json')) as { id: number; reason: string }[];
  await expect(page.getByText(before!.reason)).toBeVisible();
  await library.accessible();
  await library.show('letters');
  await again.click();
  await expect(page.getByText('1 event was sent again.')).toBeVisible();
  // It is no better than it was, so that it comes back as another letter.
  await expect
    .poll(async () => (JSON.parse(await memoir.call('dead', '--json')) as { id: number }[]).map(({ id }) => id > before!.id))
    .toEqual([true]);
  await page.getByRole('button', { name: /^Drop:/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Drop' }).click();
  await expect(page.getByText('1 event was dropped.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'No dead letters' })).toBeVisible();
});

test('a sweep is begun and followed, and consent for faces is taken back and given again', async ({ memoir, library, token, page }) => {
  test.setTimeout(400_000);
  await enter(page, memoir, '#/administration/analysis', 'olga');
  const sweep = page.getByRole('region', { name: 'Sweep' });
  const done = await sweep.getByText(/^Last done:/).textContent();
  await sweep.getByRole('button', { name: 'Sweep now' }).click();
  await expect(sweep.getByRole('progressbar')).toBeVisible();
  await expect(sweep.getByText(/^Last done:/)).toBeVisible({ timeout: 60_000 });
  expect(await sweep.getByText(/^Last done:/).textContent()).not.toBe(done);
  await expect(sweep.locator('dd').first()).toHaveText('6');
  await expect(page.getByText(/efficientnet/)).toBeVisible();
  await library.accessible();
  await library.show('analysis');

  const faces = page.getByRole('region', { name: 'Faces' });
  await faces.getByRole('button', { name: 'Stop, and erase faces' }).click();
  await expect(page.getByRole('dialog')).toContainText('Names that somebody gave stay as text.');
  await page.getByRole('dialog').getByRole('button', { name: 'Stop, and erase faces' }).click();
  await expect(faces.getByText('Memoir does not look for faces.')).toBeVisible({ timeout: 60_000 });
  await expect(faces.getByText(/^Erased: 6 faces/)).toBeVisible();
  const found = async () => {
    const { assets } = await memoir.ask<{ assets: { edges: { node: { faces: unknown[] } }[] } }>('{ assets { edges { node { faces { id } } } } }', token);
    return assets.edges.reduce((all, { node }) => all + node.faces.length, 0);
  };
  expect(await found()).toBe(0);

  await faces.getByRole('button', { name: 'Look for faces' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Look for faces' }).click();
  await expect(faces.getByText('Memoir looks for faces.')).toBeVisible({ timeout: 60_000 });
  // Pictures that were there before are looked at again.
  await expect.poll(found, { timeout: 240_000 }).toBe(6);
  await faces.getByRole('button', { name: 'Group faces anew' }).click();
  await expect(faces.getByText('Working …')).toBeVisible();
  await expect(faces.getByText('Working …')).toHaveCount(0, { timeout: 60_000 });
});

test('a phone is added by its settings and a QR code, shown until one leaves', async ({ memoir, library, page }) => {
  await enter(page, memoir, '#/administration/phones', 'olga');
  await page.getByRole('radio', { name: 'Somebody’s own' }).check();
  await expect(page.getByRole('textbox', { name: 'Their name' })).toHaveValue('olga');
  await library.accessible();
  await page.getByRole('button', { name: 'Show settings and secret' }).click();
  const { secretKey } = JSON.parse(await memoir.call('phone', '--show', '--json')) as { secretKey: string };
  await expect(page.getByText(secretKey)).toBeVisible();
  await expect(page.getByText('users/olga/')).toBeVisible();
  await expect(page.getByRole('img', { name: 'QR code with these settings' })).toBeVisible();
  await library.accessible();
  await page.getByText(secretKey).evaluate((shown) => (shown.textContent = '…'));
  await page.getByRole('img', { name: 'QR code with these settings' }).evaluate((shown) => ((shown as HTMLElement).style.filter = 'blur(12px)'));
  await library.show('phones');
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByRole('link', { name: 'Phones' }).click();
  await expect(page.getByText(secretKey)).toHaveCount(0);
});

test('people see where they are logged in and end it, get new codes, and change their password', async ({ memoir, library, page, browser }) => {
  const other = await browser.newContext({ userAgent: 'The old tablet' });
  const tablet = await other.newPage();
  await enter(tablet, memoir, '#/', 'olga');
  await expect(tablet.locator('[data-index] a')).toHaveCount(6);
  await enter(page, memoir, '#/', 'olga');
  await page.getByRole('link', { name: 'Account and administration' }).click();
  await expect(page.getByText('You are olga.')).toBeVisible();
  await expect(page.getByText(/^Your originals: \d/)).toBeVisible();
  await expect(page.getByText('this browser')).toHaveCount(1);
  await library.accessible();
  await page.getByRole('button', { name: 'End: The old tablet' }).click();
  await expect(page.getByText('That session has ended.')).toBeVisible();
  await expect(page.getByText('The old tablet')).toHaveCount(0);
  await tablet.reload();
  await expect(tablet.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await other.close();
  await library.show('account');

  const keys = page.getByRole('region', { name: 'Keys for scripts' });
  await keys.getByLabel('What it is for').fill('frame');
  await keys.getByRole('button', { name: 'Make a key' }).click();
  const key = await keys.getByLabel('Key: frame').inputValue();
  const ask = (query: string) => page.request.post(`${memoir.address}/graphql`, { headers: { Authorization: `Bearer ${key}` }, data: { query } });
  expect(await (await ask('{ instance { subject } }')).json()).toEqual({ data: { instance: { subject: 'olga' } } });
  expect(await (await ask('mutation { trash(ids: []) { id } }')).text()).toContain('INSUFFICIENT_SCOPE');
  await library.accessible();
  await page.reload();
  await expect(keys.getByText('Last used')).toBeVisible();
  await expect(keys.getByLabel('Key: frame')).toHaveCount(0);
  await keys.getByRole('button', { name: 'Revoke: frame' }).click();
  await expect(keys.getByRole('listitem')).toHaveCount(0);
  expect((await ask('{ instance { subject } }')).status()).toBe(401);

  const codes = page.getByRole('region', { name: 'Recovery codes' });
  await codes.getByLabel('Password now').fill('not the password');
  await codes.getByRole('button', { name: 'Make new codes' }).click();
  await expect(codes.getByRole('alert')).toHaveText('The password is not right.');
  await codes.getByLabel('Password now').fill(PASSWORD);
  await codes.getByRole('button', { name: 'Make new codes' }).click();
  await expect(codes.getByRole('listitem')).toHaveCount(8);
  await library.accessible();

  const password = page.getByRole('region', { name: 'Change password' });
  await password.getByLabel('Password now').fill(PASSWORD);
  await password.getByLabel('New password').fill('short');
  await password.getByRole('button', { name: 'Change' }).click();
  await expect(password.getByRole('alert')).toContainText('10');
  await password.getByLabel('New password').fill(FRESH);
  await password.getByRole('button', { name: 'Change' }).click();
  await expect(page.getByText('The password is changed.')).toBeVisible();
  await page.reload();
  await expect(page.getByText('You are olga.')).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await enter(page, memoir, '#/account', 'olga', FRESH);
  await expect(page.getByText('You are olga.')).toBeVisible();
});
