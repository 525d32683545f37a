import type { Page } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Memoir } from './memoir';
import { expect, test as base } from './test';

const PASSWORD = 'the quiet lake in May';

/** A house of its own, without pictures. */
const byNumber = base.extend<object, { house: Memoir | undefined }>({
  house: [
    async ({}, use) => {
      if (process.env.MEMOIR_NO_CHROMIUM) {
        await use(undefined);
        return;
      }
      const folder = mkdtempSync(join(tmpdir(), 'memoir-passkeys-'));
      const memoir = await Memoir.start(join(folder, 'data'), 60);
      try {
        await use(memoir);
      } finally {
        memoir.stop();
        rmSync(folder, { recursive: true });
      }
    },
    { scope: 'worker', timeout: 400_000 },
  ],
  memoir: async ({ house }, use) => {
    byNumber.skip(house === undefined, `no Chromium: ${process.env.MEMOIR_NO_CHROMIUM}`);
    await use(house!);
  },
  token: async ({}, use) => {
    await use('');
  },
});

/** A browser gives passkeys to a name alone. */
const test = byNumber.extend({
  memoir: async ({ house }, use) => {
    byNumber.skip(house === undefined, `no Chromium: ${process.env.MEMOIR_NO_CHROMIUM}`);
    await use(new Memoir(house!.data, house!.address.replace('127.0.0.1', 'localhost'), house!.store));
  },
});

async function enter(page: Page, name: string) {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
}

/** Chromium's own authenticator, of which everybody is who they say. */
async function authenticator(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    credentials: async () => (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    /** As a copy of it would be that has signed less often. */
    setBack: async () => {
      const [credential] = (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
      await devtools.send('WebAuthn.removeCredential', { authenticatorId, credentialId: credential!.credentialId });
      await devtools.send('WebAuthn.addCredential', { authenticatorId, credential: { ...credential!, signCount: 0 } });
    },
  };
}

test('a passkey signs in without a password until it is removed', async ({ memoir, library, page }) => {
  const person = `paul-${test.info().project.name}`;
  memoir.guest(person);
  const device = await authenticator(page);
  await page.goto(memoir.address);
  await enter(page, person);
  await page.getByRole('link', { name: 'Account and administration' }).click();
  await page.getByRole('link', { name: 'Passkeys' }).click();
  await expect(page.getByText('You have none yet.')).toBeVisible();
  await page.getByLabel('Name of this device').fill('Paul’s phone');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page.getByText('From now on you can sign in with it.')).toBeVisible();
  await expect(page.getByText('Paul’s phone')).toBeVisible();
  await library.accessible();
  await library.show('passkeys');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page.getByRole('alert')).toHaveText('This device has a passkey for you already.');

  await page.getByRole('button', { name: 'Sign out' }).click();
  await library.accessible();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByText(/last used/)).toBeVisible();
  await page.reload();
  await expect(page.getByText('Paul’s phone')).toBeVisible();
  expect(await device.credentials()).toHaveLength(1);

  await page.getByRole('button', { name: 'Remove the passkey Paul’s phone' }).click();
  await expect(page.getByText('You have none yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByRole('alert')).toHaveText('Memoir does not know this passkey any more.');
  await enter(page, person);
});

test('a copy of a passkey that has signed less often comes in no more', async ({ memoir, page }) => {
  const person = `petra-${test.info().project.name}`;
  memoir.guest(person);
  const device = await authenticator(page);
  await page.goto(`${memoir.address}/#/passkeys`);
  await enter(page, person);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page.getByText('From now on you can sign in with it.')).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByText(/last used/)).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await device.setBack();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByRole('alert')).toHaveText('Memoir does not know this passkey any more.');
});

test('where there is no authenticator, or the person does not want to, that is told and the password remains', async ({ memoir, page }) => {
  await page.addInitScript(() => {
    navigator.credentials.get = () => Promise.reject(new DOMException('The operation timed out or was not allowed.', 'NotAllowedError'));
  });
  const person = `pia-${test.info().project.name}`;
  memoir.guest(person);
  await page.goto(memoir.address);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByRole('alert')).toHaveText('No passkey was used.');
  await enter(page, person);
});

byNumber('opened by a number, the page says by which name there are passkeys', async ({ memoir, page }) => {
  const person = `nora-${test.info().project.name}`;
  memoir.guest(person);
  await page.goto(`${memoir.address}/#/passkeys`);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign in with a passkey' })).toHaveCount(0);
  await enter(page, person);
  await expect(page.getByText(`here http://localhost:${new URL(memoir.address).port}`)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add a passkey' })).toHaveCount(0);
});

byNumber('without HTTPS the page says why there are none', async ({ memoir, library, page }) => {
  await page.addInitScript(() => Object.defineProperty(window, 'isSecureContext', { value: false }));
  const person = `ines-${test.info().project.name}`;
  memoir.guest(person);
  await page.goto(`${memoir.address}/#/passkeys`);
  await enter(page, person);
  await expect(page.getByText('This page came without HTTPS')).toBeVisible();
  await library.accessible();
});
