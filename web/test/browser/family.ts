import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Memoir, until } from './memoir';
import { samples } from './samples';
import { test as base } from './test';

export { expect } from './test';

const IDLE = 60;

/** A house of its own that looks for faces: six portraits of two people, and nobody who could log in yet. */
export const test = base.extend<{ memoir: Memoir; token: string }, { house: Memoir | undefined }>({
  house: [
    async ({}, use) => {
      if (process.env.MEMOIR_NO_CHROMIUM) {
        await use(undefined);
        return;
      }
      const folder = mkdtempSync(join(tmpdir(), 'memoir-house-'));
      const memoir = await Memoir.start(join(folder, 'data'), IDLE, '--faces', 'on');
      try {
        await memoir.call('add', samples('people'));
        const token = await memoir.token();
        await until('all faces are found', 240_000, async () => {
          const asked = '{ assets { edges { node { faces { person { id } } } } } }';
          const { assets } = await memoir.ask<{ assets: { edges: { node: { faces: unknown[] } }[] } }>(asked, token);
          return assets.edges.length === 6 && assets.edges.every(({ node }) => node.faces.length === 1);
        });
        // Grouped anew, it does not depend on the order in which they came.
        await memoir.call('faces', '--library', 'group');
        await use(memoir);
      } finally {
        memoir.stop();
        rmSync(folder, { recursive: true });
      }
    },
    { scope: 'worker', timeout: 400_000 },
  ],
  memoir: async ({ house }, use) => {
    test.skip(house === undefined, `no Chromium: ${process.env.MEMOIR_NO_CHROMIUM}`);
    await use(house!);
  },
  token: async ({ house }, use) => {
    await use(house ? await house.token() : '');
  },
});

/** The link in what a command printed. */
export function link(said: string): string {
  return /http\S+\/#\/\w+\?ticket=\S+/.exec(said)![0];
}
