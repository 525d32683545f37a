import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Memoir, until } from './memoir';
import { writeFamilyPictures } from './pictures';
import { samples } from './samples';

/** Functions stop after so many idle seconds. */
const IDLE = 8;

/** A family's library of real pictures, known to Memoir and asleep. The tests find it in the environment. */
export default async function setup() {
  // With MEMOIR_TEST set, a library that was made before is used again: quicker while one writes a test.
  if (process.env.MEMOIR_NO_CHROMIUM || process.env.MEMOIR_TEST) {
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'memoir-web-'));
  const memoir = await Memoir.start(join(folder, 'data'), IDLE);
  const stop = () => {
    memoir.stop();
    rmSync(folder, { recursive: true });
  };
  try {
    const pictures = join(folder, 'pictures');
    await writeFamilyPictures(pictures);
    cpSync(samples('videos/bikes.mp4'), join(pictures, 'bikes.mp4'));
    cpSync(samples('broken/broken-sos-before-sof.jpg'), join(pictures, 'broken.jpg'));
    await memoir.call('add', pictures);
    const token = await memoir.token();
    await until('all pictures are listed and labelled', 240_000, async () => {
      const { assets } = await memoir.ask<{ assets: { edges: { node: { state: string; labelledAt: string | null } }[] } }>(
        '{ assets(first: 200) { edges { node { state labelledAt } } } }',
        token,
      );
      return assets.edges.length === 99 && assets.edges.every(({ node }) => node.state !== 'READY' || node.labelledAt !== null);
    });
    process.env.MEMOIR_TEST = JSON.stringify({ data: memoir.data, address: memoir.address, store: memoir.store, token });
    await memoir.asleep();
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
