import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './memoir';
import { withContentId } from './pictures';
import { part, samples } from './samples';
import { expect, test } from './test';

const ID = '6F1B2C7E-3D52-4A6B-9E0B-0123456789AB';

/** A live photo as an iPhone leaves it, but for the formats: every browser shows these. */
function writeLivePhoto(folder: string) {
  writeFileSync(join(folder, 'quokka.jpg'), withContentId(readFileSync(samples('photos/rocket.jpg')), '2019:05:01 12:00:00', ID));
  const identified = ['-metadata', `com.apple.quicktime.content.identifier=${ID}`, '-movflags', 'use_metadata_tags'];
  const film = ['-v', 'error', '-i', samples('videos/bikes.mp4'), '-t', '2', '-c', 'copy', ...identified, '-f', 'mov'];
  execFileSync(part('ffmpeg'), [...film, join(folder, 'quokka.mov')]);
}

test('a live photo is shown once, plays by a key and under the pointer, and leaves as one', async ({ library, memoir, token, page }, { project }) => {
  test.skip(project.name === 'phone', 'a pointer is needed, and one library has it once');
  const folder = mkdtempSync(join(tmpdir(), 'memoir-live-'));
  try {
    writeLivePhoto(folder);
    await memoir.call('add', folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
  await until('the halves have found each other', 120_000, async () => {
    const { assets } = await memoir.ask<{ assets: { edges: { node: { stack: { kinds: string[] } | null } }[] } }>(
      '{ assets(filter: {text: "quokka"}) { edges { node { stack { kinds } } } } }',
      token,
    );
    return assets.edges.length === 1 && assets.edges[0]!.node.stack?.kinds.join() === 'LIVE';
  });
  await library.open('#/?q=quokka');
  await expect(library.tiles()).toHaveCount(1);
  await page.getByRole('link', { name: /Live photo/ }).click();
  const play = page.getByRole('button', { name: 'Play live photo' });
  await expect(play).toBeVisible();
  await library.accessible();
  const film = library.viewer().locator('video');
  const plays = () => film.evaluate((video: HTMLVideoElement) => video.currentTime > 0.1 && !video.paused);
  await page.keyboard.press('l');
  await expect.poll(plays).toBe(true);
  expect(await film.evaluate((video: HTMLVideoElement) => video.muted)).toBe(false);
  await expect(film, 'it ends by itself').toHaveCount(0);
  await play.hover();
  await expect.poll(plays).toBe(true);
  expect(await film.evaluate((video: HTMLVideoElement) => video.muted)).toBe(true);
  await page.mouse.move(640, 400);
  await expect(film).toHaveCount(0);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await play.hover();
  await play.click();
  await expect.poll(plays).toBe(true);
  await page.keyboard.press('l');
  await expect(film).toHaveCount(0);
  await page.mouse.move(640, 400);
  await play.hover();
  await page.waitForTimeout(500);
  await expect(film, 'whoever wants no motion asks for it by a press').toHaveCount(0);

  await page.getByRole('button', { name: 'Move to trash' }).click();
  await expect(page.getByText('1 picture moved to the trash.')).toBeVisible();
  const found = async (trashed: boolean) =>
    (
      await memoir.ask<{ assets: { edges: { node: { id: string } }[] } }>(
        `{ assets(filter: {text: "quokka", trashed: ${trashed}}) { edges { node { id } } } }`,
        token,
      )
    ).assets.edges.map((edge) => edge.node.id);
  expect(await found(false)).toEqual([]);
  const trash = await found(true);
  expect(trash).toHaveLength(1);
  await memoir.ask(`mutation { restore(ids: ["${trash[0]}"]) { outcome } }`, token);
  expect(await found(true)).toEqual([]);
  expect(await found(false)).toEqual(trash);

  await memoir.ask(`mutation { trash(ids: ["${trash[0]}"]) { outcome } }`, token);
  await library.open('#/trash');
  await page.locator('[data-index="0"] a').focus();
  await page.keyboard.press(' ');
  await page.getByRole('button', { name: 'Delete' }).click();
  await library.accessible();
  await page.getByRole('dialog').getByRole('button', { name: 'Keep' }).click();
  expect(await found(true)).toEqual(trash);
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('1 picture is being deleted.')).toBeVisible();
  await expect.poll(() => found(true), { timeout: 60_000 }).toEqual([]);

  expect(await found(false), 'nor is the film left').toEqual([]);
  await expect(page.getByText('The trash is empty')).toBeVisible({ timeout: 60_000 });
});

test('pictures are stacked, shown by another one, and parted again', async ({ library, page }, { project }) => {
  test.skip(project.name === 'phone', 'the keys of a keyboard are needed');
  await library.open('#/?q=img&year=2024');
  const all = await library.tiles().count();
  for (const index of [0, 1]) {
    await page.locator(`[data-index="${index}"] a`).focus();
    await page.keyboard.press(' ');
  }
  await page.getByRole('button', { name: 'Stack', exact: true }).click();
  await expect(page.getByText('2 pictures changed.')).toBeVisible();
  await expect(library.tiles()).toHaveCount(all - 1);
  await page.getByRole('link', { name: /stack of 2/ }).click();
  await page.getByRole('button', { name: 'Details' }).click();
  const facts = page.getByRole('complementary', { name: 'Details' });
  await expect(facts.getByRole('link', { name: /^Cover,/ })).toHaveAttribute('aria-current', 'true');
  const first = page.url();
  await facts.getByRole('link', { name: /^Picture,/ }).click();
  await expect(page).not.toHaveURL(first);
  await facts.getByRole('button', { name: 'Use as cover' }).click();
  await expect(facts.getByRole('link', { name: /^Cover,/ })).toHaveAttribute('aria-current', 'true');
  await library.accessible();
  await facts.getByRole('button', { name: 'Unstack' }).click();
  await expect(facts.getByRole('link', { name: /^Cover,/ })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(library.tiles()).toHaveCount(all);
});
