import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Memoir } from './memoir';

export { expect } from '@playwright/test';

const DOCS = join(dirname(fileURLToPath(import.meta.url)), '../../../docs/web');

type Things = { memoir: Memoir; token: string; library: Library; strict: void };

/** This worker's Memoir and a token for it, if there is a Chromium to look at it. */
export function own(): { memoir: Memoir; token: string } | undefined {
  const all = JSON.parse(process.env.MEMOIR_TEST ?? '[]') as { data: string; address: string; store: string; token: string }[];
  const mine = all[Number(process.env.TEST_PARALLEL_INDEX) % all.length];
  return mine && { memoir: new Memoir(mine.data, mine.address, mine.store), token: mine.token };
}

/** Where something is on the page, as soon as it is there: what a page draws anew is nowhere for a moment. */
export async function boxOf(what: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  let box: Awaited<ReturnType<Locator['boundingBox']>> = null;
  await expect.poll(async () => (box = await what.boundingBox())).not.toBeNull();
  return box!;
}

/** What people do with the library. */
export class Library {
  constructor(
    readonly page: Page,
    readonly memoir: Memoir,
    readonly token: string,
  ) {}

  readonly tiles = () => this.page.locator('[data-index] a');
  readonly viewer = () => this.page.getByRole('dialog');

  async enter(place = '#/', token = this.token) {
    await this.page.goto(`${this.memoir.address}/`);
    await this.page.evaluate((pasted) => sessionStorage.setItem('memoir.token', pasted), token);
    await this.page.goto(`${this.memoir.address}/${place}`);
    await this.page.reload();
  }

  async open(place = '#/') {
    await this.enter(place);
    await this.tiles().first().waitFor();
  }

  /** No rule of WCAG 2.2 AA that a machine can check is broken. */
  async accessible() {
    await this.page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null))));
    const { violations } = await new AxeBuilder({ page: this.page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    expect(violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
  }

  /** Every picture in view is drawn. */
  async drawn() {
    await expect
      .poll(() =>
        this.page.evaluate(() =>
          [...document.querySelectorAll('img')].every((image) => image.complete && (image.naturalWidth > 0 || image.alt === '')),
        ),
      )
      .toBe(true);
    await this.page.waitForFunction(() => document.getAnimations().every((a) => a.playState !== 'running' || a.effect?.getTiming().iterations === Infinity));
  }

  /** For the documentation: written anew by each run. */
  async show(name: string) {
    await this.drawn();
    mkdirSync(DOCS, { recursive: true });
    const project = test.info().project.name;
    await this.page.screenshot({ path: join(DOCS, `${name}-${project}.jpg`), type: 'jpeg', quality: 72, scale: 'css' });
  }
}

export const test = base.extend<Things>({
  memoir: async ({}, use) => {
    test.skip(Boolean(process.env.MEMOIR_NO_CHROMIUM), `no Chromium: ${process.env.MEMOIR_NO_CHROMIUM}`);
    await use(own()!.memoir);
  },
  token: async ({}, use) => {
    await use(own()?.token ?? '');
  },
  library: async ({ page, memoir, token }, use) => {
    await use(new Library(page, memoir, token));
  },
  /** Whatever a page does: it asks nobody but Memoir, its store and its issuer, its policy forbids nothing it does, and nothing is thrown. */
  strict: [
    async ({ page, memoir }, use) => {
      const wrong: string[] = [];
      page.on('request', (request) => {
        const { origin, protocol } = new URL(request.url());
        if (protocol.startsWith('http') && ![memoir.address, memoir.store, memoir.issuer].includes(origin)) {
          wrong.push(`asked ${request.url()}`);
        }
      });
      page.on('console', (message) => {
        if (message.type() === 'error' && /Content Security Policy|Refused to/.test(message.text())) {
          wrong.push(message.text());
        }
      });
      page.on('pageerror', (error) => wrong.push(`${error.message}\n${error.stack}`));
      await use();
      // What a test's own routes still hold ends with it.
      if (!page.isClosed()) {
        await page.unrouteAll({ behavior: 'ignoreErrors' });
      }
      expect(wrong).toEqual([]);
    },
    { auto: true },
  ],
});
