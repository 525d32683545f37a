import { sha256 } from '@noble/hashes/sha2.js';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { nameOf } from '../../src/upload/send';

const bytes = (text: string) => new TextEncoder().encode(text).length;

test('a name that is too long loses its middle, not its ending', () => {
  const name = nameOf({ name: `${'ä'.repeat(300)}.jpeg` });
  expect(bytes(name)).toBeLessThanOrEqual(200);
  expect(name.endsWith('ä.jpeg')).toBe(true);
});

test('a name with what no key can hold is mended, and others stay as they are', () => {
  expect(nameOf({ name: 'a/b\\c\u0007.jpg' })).toBe('a_b_c_.jpg');
  expect(nameOf({ name: 'صورة العائلة.jpg' })).toBe('صورة العائلة.jpg');
});

test('the checksum that is computed piece by piece is SHA-256', () => {
  const content = new Uint8Array(300_000).map((_, i) => i * 31);
  const digest = sha256.create();
  for (let i = 0; i < content.length; i += 65_537) {
    digest.update(content.subarray(i, i + 65_537));
  }
  expect(Buffer.from(digest.digest()).toString('hex')).toBe(createHash('sha256').update(content).digest('hex'));
});
