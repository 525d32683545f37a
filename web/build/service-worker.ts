import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { transformWithOxc, type Plugin } from 'vite';

/**
 * Writes `sw.js`: the source in `src/offline/`, told which files make up the shell. It must lie at the top, under a name that
 * stays, since browsers look there whether a newer one has come.
 */
export function serviceWorker(): Plugin {
  return {
    name: 'memoir-service-worker',
    apply: 'build',
    async generateBundle(_options, bundle) {
      // The map and the engine of models are large and need answers anyway; a guest needs Memoir for everything.
      const lazy = /upload|hash|engine|ort-wasm|basemap|maplibre|countries|share/;
      const built = Object.values(bundle)
        .filter((file) => !file.fileName.endsWith('.html') && !lazy.test(file.fileName) && !file.fileName.endsWith('.md'))
        .map((file) => file.fileName);
      const still = existsSync('public') ? readdirSync('public').filter((name) => !name.endsWith('.txt')) : [];
      const shell = ['/', ...built.map((name) => `/${name}`), ...still.map((name) => `/${name}`)].sort();
      const digest = createHash('sha256');
      for (const file of Object.values(bundle)) {
        digest.update(file.fileName).update('code' in file ? file.code : file.source);
      }
      const source = readFileSync('src/offline/service-worker.ts', 'utf8');
      const { code } = await transformWithOxc(source, 'service-worker.ts', { sourcemap: false });
      this.emitFile({
        type: 'asset',
        fileName: 'sw.js',
        source: code
          .replace('["__SHELL__"]', JSON.stringify(shell))
          .replace('"__VERSION__"', JSON.stringify(digest.digest('hex').slice(0, 12))),
      });
    },
  };
}
