import type { FullConfig } from '@playwright/test';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Memoir, until } from './memoir';
import { writeFamilyPictures } from './pictures';
import { samples } from './samples';

/** Functions stop after so many idle seconds. */
const IDLE = 8;

/** For each worker, a family's library of real pictures, known to Memoir and asleep. The tests find them in the environment. */
export default async function setup({ workers }: FullConfig) {
  // With MEMOIR_TEST set, libraries that were made before are used again: quicker while one writes a test.
  if (process.env.MEMOIR_NO_CHROMIUM || process.env.MEMOIR_TEST) {
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'memoir-web-'));
  const started: Memoir[] = [];
  const stop = () => {
    started.forEach((memoir) => memoir.stop());
    rmSync(folder, { recursive: true });
  };
  try {
    const pictures = join(folder, 'pictures');
    await writeFamilyPictures(pictures);
    cpSync(samples('videos/bikes.mp4'), join(pictures, 'bikes.mp4'));
    cpSync(samples('broken/broken-sos-before-sof.jpg'), join(pictures, 'broken.jpg'));
    for (let i = 0; i < workers; i++) {
      const memoir = await Memoir.start(join(folder, `data-${i}`), IDLE);
      started.push(memoir);
      await memoir.call('add', pictures);
    }
    process.env.MEMOIR_TEST = JSON.stringify(await Promise.all(started.map(settled)));
    if (process.env.MEMOIR_TEST_KEEP) {
      console.log(`export MEMOIR_TEST='${process.env.MEMOIR_TEST}'`);
      return undefined;
    }
    return stop;
  } catch (failure) {
    stop();
    throw failure;
  }
}

async function settled(memoir: Memoir) {
  const token = await memoir.token();
  await until('all pictures are listed and labelled', 240_000, async () => {
    const { assets } = await memoir.ask<{ assets: { edges: { node: { state: string; labelledAt: string | null } }[] } }>(
      '{ assets(first: 200) { edges { node { state labelledAt } } } }',
      token,
    );
    return assets.edges.length === 99 && assets.edges.every(({ node }) => node.state !== 'READY' || node.labelledAt !== null);
  });
  await memoir.asleep();
  return { data: memoir.data, address: memoir.address, store: memoir.store, token };
}
