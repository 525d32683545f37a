/**
 * What `memoir bench web` measures in a browser: `pages` of a large library, and `uploads` of the files in a folder. Results are a line of
 * JSON each, on standard output.
 */
import { chromium as playwright, devices, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '../browser/chromium';

function given(name: string): string {
  const value = process.env[`MEMOIR_BENCH_${name}`];
  if (value === undefined) {
    throw new Error(`run this by ./memoir bench web: MEMOIR_BENCH_${name} is not set`);
  }
  return value;
}

const ADDRESS = given('ADDRESS');
const TOKEN = given('TOKEN');
const TIMES = Number(given('TIMES'));
const DESK: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
/** A mid-range phone: a quarter of this machine's speed, 10 Mbit/s and 40 ms. */
const PHONE = { slower: 4, latency: 40, downloadThroughput: 1_250_000, uploadThroughput: 625_000, offline: false };
const SCRUB_SECONDS = 15;

function tell(what: string, result: Record<string, unknown>) {
  console.log(JSON.stringify({ what, ...result }));
}

/** With an own profile, which keeps what was visited until `use` ends. */
async function withBrowser<T>(options: BrowserContextOptions, use: (context: BrowserContext) => Promise<T>): Promise<T> {
  const profile = mkdtempSync(join(tmpdir(), 'memoir-bench-'));
  const { executable, environment } = chromium();
  const context = await playwright.launchPersistentContext(profile, {
    ...options,
    executablePath: executable,
    env: { ...(process.env as Record<string, string>), ...environment },
    args: ['--no-sandbox', '--enable-precise-memory-info'],
  });
  try {
    await context.addInitScript((token) => sessionStorage.setItem('memoir.token', token), TOKEN);
    return await use(context);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true });
  }
}

/** Milliseconds from the beginning of the navigation until every picture in view is drawn. */
async function firstScreen(page: Page): Promise<number> {
  await page.goto(`${ADDRESS}/`, { waitUntil: 'commit' });
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = () => {
          const tiles = [...document.querySelectorAll('[data-index]')].filter((tile) => {
            const { top, bottom } = tile.getBoundingClientRect();
            return bottom > 0 && top < innerHeight;
          });
          const drawn = tiles.length > 3 && tiles.every((tile) => [...tile.querySelectorAll('img')].some((image) => image.complete && image.naturalWidth > 0));
          if (drawn) {
            resolve(performance.now());
          } else {
            requestAnimationFrame(look);
          }
        };
        look();
      }),
  );
}

async function again(context: BrowserContext, times: number, before: () => Promise<unknown>): Promise<number[]> {
  const found = [];
  for (let i = 0; i < times; i++) {
    await before();
    const page = await context.newPage();
    found.push(await firstScreen(page));
    await page.close();
  }
  return found;
}

/** Asks until the API is awake, or until nothing is. */
async function until(state: 'awake' | 'asleep') {
  for (let end = Date.now() + 300_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 200))) {
    if (state === 'awake') {
      const headers = { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' };
      if ((await fetch(`${ADDRESS}/graphql`, { method: 'POST', headers, body: '{"query":"{ instance { assets } }"}' })).ok) {
        return;
      }
    } else {
      const answer = await fetch(`${given('ADMIN')}/status`, { headers: { Authorization: `Bearer ${given('ADMIN_TOKEN')}` } });
      const { functions, database } = (await answer.json()) as { functions: Record<string, { state: string }>; database: { state: string } };
      if (database.state === 'asleep' && Object.values(functions).every((f) => f.state === 'asleep')) {
        return;
      }
    }
  }
  throw new Error(`waited in vain for all to be ${state}`);
}

async function pages() {
  await withBrowser(DESK, async (context) => {
    const first = await context.newPage();
    await until('awake');
    await firstScreen(first);
    // The service worker has taken what it keeps.
    await first.evaluate(async () => void (await navigator.serviceWorker.ready));
    await first.waitForTimeout(3_000);
    const scripts = await first.evaluate(() =>
      (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
        .filter((resource) => /\.js$/.test(new URL(resource.name).pathname))
        .reduce((sum, resource) => sum + resource.encodedBodySize, 0),
    );
    await first.close();
    tell('scripts', { bytes: scripts });
    tell('warm', { ms: await again(context, TIMES, () => until('awake')) });
    tell('asleep', { ms: await again(context, Math.ceil(TIMES / 2), () => until('asleep')) });
    await until('awake');
    const page = await context.newPage();
    await firstScreen(page);
    tell('scrub', await scrub(page));
  });
  const phone = [];
  for (let i = 0; i < Math.ceil(TIMES / 2); i++) {
    await until('awake');
    phone.push(
      await withBrowser(devices['Pixel 7']!, async (context) => {
        const page = await context.newPage();
        const session = await context.newCDPSession(page);
        await session.send('Emulation.setCPUThrottlingRate', { rate: PHONE.slower });
        await session.send('Network.enable');
        await session.send('Network.emulateNetworkConditions', PHONE);
        return firstScreen(page);
      }),
    );
  }
  tell('phone', { ms: phone });
}

/** Draws the scrub bar from the newest picture to the oldest and back. */
async function scrub(page: Page) {
  const session = await page.context().newCDPSession(page);
  const bar = (await page.getByRole('slider', { name: 'Time' }).boundingBox())!;
  const x = bar.x + bar.width / 2;
  const frames = page.evaluate(
    (seconds) =>
      new Promise<number[]>((resolve) => {
        const gaps: number[] = [];
        let last = performance.now();
        const end = last + seconds * 1_000;
        const step = (now: number) => {
          gaps.push(now - last);
          last = now;
          if (now < end) {
            requestAnimationFrame(step);
          } else {
            resolve(gaps.slice(1));
          }
        };
        requestAnimationFrame(step);
      }),
    SCRUB_SECONDS,
  );
  await page.mouse.move(x, bar.y + 2);
  await page.mouse.down();
  let most = 0;
  const begun = Date.now();
  for (let elapsed = 0; elapsed < SCRUB_SECONDS * 1_000; elapsed = Date.now() - begun) {
    const turn = (elapsed / (SCRUB_SECONDS * 500)) % 2;
    await page.mouse.move(x, bar.y + 2 + (bar.height - 4) * (turn < 1 ? turn : 2 - turn));
    if (Math.floor(elapsed / 1_000) !== Math.floor((Date.now() - begun) / 1_000)) {
      most = Math.max(most, (await session.send('Runtime.getHeapUsage')).usedSize);
    }
  }
  await page.mouse.up();
  const gaps = await frames;
  await session.send('HeapProfiler.collectGarbage');
  const kept = (await session.send('Runtime.getHeapUsage')).usedSize;
  // A frame that comes half a frame late has missed its turn.
  return { frames: gaps.length, missed: gaps.filter((gap) => gap > 25).length, slowest: Math.max(...gaps), heapMost: most, heapKept: kept };
}

async function uploads() {
  const folder = given('FILES');
  const files = readdirSync(folder).map((name) => join(folder, name));
  await withBrowser(DESK, async (context) => {
    const page = await context.newPage();
    await until('awake');
    await page.goto(`${ADDRESS}/`);
    const picker = page.locator('input[type=file]:not([webkitdirectory])').first();
    await picker.waitFor({ state: 'attached' });
    const begun = performance.now();
    await picker.setInputFiles(files);
    const all = files.length.toLocaleString('en');
    await page.getByText(`${all} of ${all}`).waitFor({ timeout: 3_600_000 });
    const seconds = (performance.now() - begun) / 1_000;
    const failed = await page.getByText('Failed:').count();
    tell('uploads', { files: files.length, failed, seconds });
  });
}

const measure: Record<string, () => Promise<void>> = { pages, uploads };
await measure[process.argv[2]!]!();
