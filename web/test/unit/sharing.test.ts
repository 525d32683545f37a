import { expect, test } from 'vitest';
import type { LinkFragment } from '../../src/api/generated/graphql';
import { AS_NOW, fresh, inputOf, termsOf } from '../../src/sharing/terms';

const NOW = Date.parse('2026-01-01T12:00:00Z');
const LINK: LinkFragment = {
  id: '0123',
  title: 'Summer',
  createdAt: '2025-12-01T00:00:00Z',
  expiresAt: '2026-01-05T00:00:00Z',
  revokedAt: null,
  open: true,
  locked: true,
  download: true,
  showPlace: false,
  showNames: true,
  album: null,
  items: 3,
  openings: 0,
} as LinkFragment;

test('a new link ends after the days that were chosen, and gives no more than was checked', () => {
  expect(inputOf({ ...fresh(' Summer '), days: 7 }, NOW)).toEqual({
    title: 'Summer',
    expiresAt: '2026-01-08T12:00:00.000Z',
    password: null,
    download: false,
    showPlace: false,
    showNames: false,
  });
  expect(inputOf({ ...fresh('  '), days: 0 }, NOW)).toMatchObject({ title: null, expiresAt: null });
});

test('a form of a link that nobody touched changes nothing', () => {
  expect(inputOf(termsOf(LINK), NOW, LINK)).toEqual({
    title: 'Summer',
    expiresAt: '2026-01-05T00:00:00Z',
    password: null,
    download: true,
    showPlace: false,
    showNames: true,
  });
  const endless = { ...LINK, expiresAt: null };
  expect(inputOf(termsOf(endless), NOW, endless).expiresAt).toBeNull();
});

test('a password is left, replaced or taken away', () => {
  const terms = termsOf(LINK);
  expect(inputOf({ ...terms, password: 'another one' }, NOW, LINK).password).toBe('another one');
  expect(inputOf({ ...terms, password: 'another one', open: true }, NOW, LINK).password).toBe('');
});

test('a link whose time is over is given another', () => {
  const over = { ...LINK, open: false };
  expect(termsOf(over).days).not.toBe(AS_NOW);
  expect(inputOf(termsOf(over), NOW, over).expiresAt).toBe('2026-01-31T12:00:00.000Z');
});
