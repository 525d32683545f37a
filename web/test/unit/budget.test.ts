import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { expect, test } from 'vitest';

const MOST = 150_000;

test('what a page must load before it shows anything is at most 150 kB, compressed', { timeout: 120_000 }, async () => {
  const built = (await build({ logLevel: 'silent', build: { write: false } })) as Rolldown.RolldownOutput;
  const chunks = new Map(built.output.filter((file) => file.type === 'chunk').map((chunk) => [chunk.fileName, chunk]));
  const initial = new Set<string>();
  const visit = (name: string) => {
    if (!initial.has(name)) {
      initial.add(name);
      chunks.get(name)?.imports.forEach(visit);
    }
  };
  [...chunks.values()].filter((chunk) => chunk.isEntry && chunk.name === 'index').forEach((chunk) => visit(chunk.fileName));
  expect(initial.size).toBeGreaterThan(0);
  const size = [...initial].reduce((sum, name) => sum + gzipSync(chunks.get(name)!.code).length, 0);
  expect(size).toBeGreaterThan(10_000);
  expect(size).toBeLessThanOrEqual(MOST);
});
