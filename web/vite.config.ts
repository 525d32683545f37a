import { svelte } from '@sveltejs/vite-plugin-svelte';
import { compressed } from './build/compressed.ts';
import { serviceWorker } from './build/service-worker.ts';
import { defineConfig } from 'vitest/config';

// For development: a running Memoir answers what is not a page. See CONTRIBUTING.md.
const memoir = process.env.MEMOIR_ADDRESS ?? 'http://127.0.0.1:7700';

export default defineConfig({
  plugins: [svelte(), serviceWorker(), compressed()],
  build: {
    outDir: 'target/site',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    license: { fileName: 'licences.md' },
    // The library, and what guests see by a link.
    rolldownOptions: { input: ['index.html', 'share.html'] },
  },
  worker: { format: 'es' },
  server: { proxy: { '/graphql': memoir, '/login': memoir, '/share/': memoir } },
  test: {
    include: ['test/unit/**/*.test.ts'],
    environment: 'node',
    // Loading what a test needs takes seconds on a busy machine.
    testTimeout: 60_000,
    reporters: ['default', ['junit', { outputFile: 'target/surefire-reports/TEST-web-unit.xml' }]],
  },
});
