import jsQR from 'jsqr';
import { expect, test, vi } from 'vitest';
import { qr } from '../../src/administration/qr';
import { bytes, sum } from '../../src/administration/sizes';
import { address, parse } from '../../src/route.svelte';

test('a QR code is read by a program that knows nothing of how it was made', () => {
  const text = 'Endpoint: http://192.168.1.20:7701\nSecret key: 0123456789abcdef0123456789abcdef0123456789abcdef';
  const { path, side } = qr(text);
  const scale = 4;
  const pixels = new Uint8ClampedArray((side * scale) ** 2 * 4).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let i = 0; i < scale * scale; i++) {
      const at = (Number(y) * scale + Math.floor(i / scale)) * side * scale + Number(x) * scale + (i % scale);
      pixels.fill(0, at * 4, at * 4 + 3);
    }
  }
  expect(jsQR(pixels, side * scale, side * scale)?.data).toBe(text);
});

test('sizes are said as on the command line, and counts are added up through lanes', () => {
  expect([bytes(0), bytes(900), bytes(77_594_624), bytes(13_000_000_000)]).toEqual(['0 B', '900 B', '74 MiB', '12 GiB']);
  expect(sum({ object: 2, previewed: { more: 3 }, unknown: 'x' })).toBe(5);
});

test('an address leads to a page of the administration, and the library is left as it was', () => {
  expect(parse('#/administration/letters')).toMatchObject({ page: 'administration', part: 'letters' });
  expect(parse('#/administration')).toMatchObject({ page: 'administration' });
  expect(parse('#/account')).toMatchObject({ page: 'account' });
  expect(address(parse('#/?q=lake'))).toBe('#/?q=lake');
});

test('a page that nobody looks at asks nobody', async () => {
  vi.useFakeTimers();
  const listeners: (() => void)[] = [];
  const page = { hidden: false, addEventListener: (_: string, told: () => void) => listeners.push(told), removeEventListener: () => listeners.splice(0) };
  vi.stubGlobal('document', page);
  const { Watch } = await import('../../src/administration/watch.svelte');
  let looks = 0;
  const watch = new Watch(() => Promise.resolve(++looks), 1_000);
  const end = watch.start();
  await vi.advanceTimersByTimeAsync(2_500);
  expect(looks).toBe(3);
  page.hidden = true;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(looks).toBe(3);
  page.hidden = false;
  listeners.forEach((told) => told());
  await vi.advanceTimersByTimeAsync(10);
  expect([looks, watch.value]).toEqual([4, 4]);
  end();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(looks).toBe(4);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('what was seen last stays while nothing answers', async () => {
  const { Watch } = await import('../../src/administration/watch.svelte');
  const answers = [() => Promise.resolve('seen'), () => Promise.reject(new Error('away')), () => Promise.resolve('back')];
  const watch = new Watch(() => answers.shift()!(), 0);
  await watch.now();
  await watch.now();
  expect([watch.value, (watch.failure as Error).message]).toEqual(['seen', 'away']);
  await watch.now();
  expect([watch.value, watch.failure]).toEqual(['back', undefined]);
});
