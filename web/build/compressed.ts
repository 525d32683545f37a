import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const GAINS = /\.(js|wasm|css|html|json|svg|webmanifest|md)$/;
const WORTH_IT = 1024;

/** Leaves a compressed file beside each that gains by it: the edge sends those, and compresses nothing while people wait. */
export function compressed(): Plugin {
  let folder = '';
  return {
    name: 'memoir-compressed',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      folder = config.build.outDir;
    },
    closeBundle() {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        const file = join(folder, name);
        if (GAINS.test(name) && statSync(file).isFile() && statSync(file).size > WORTH_IT) {
          writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
        }
      }
    },
  };
}
