import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Browser = { executable: string; environment: Record<string, string> };

const HERE = dirname(fileURLToPath(import.meta.url));
const VERSION = '153.0.0';
export const CACHE = process.env.MEMOIR_CACHE ?? join(homedir(), '.cache/memoir');

/**
 * A Chromium to test in: the one of `MEMOIR_CHROMIUM`, else one that a package of npm's carries, kept in Memoir's cache.
 *
 * @throws if there is none, with the reason
 */
export function chromium(): Browser {
  const named = process.env.MEMOIR_CHROMIUM;
  if (named) {
    return { executable: named, environment: {} };
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`no package carries a Chromium for ${process.platform} ${process.arch}: name yours in MEMOIR_CHROMIUM`);
  }
  const folder = join(CACHE, `chromium-${VERSION}`);
  if (!existsSync(folder)) {
    install(folder);
  }
  const executable = join(folder, 'chromium');
  const environment: Record<string, string> = { FONTCONFIG_FILE: join(folder, 'fonts.conf') };
  // The package has the libraries that a bare machine lacks; those of the system come first.
  if (execFileSync('ldd', [executable], { encoding: 'utf8' }).includes('not found')) {
    environment.LD_LIBRARY_PATH = join(folder, 'al2023/lib');
  }
  return { executable, environment };
}

function install(folder: string) {
  const fresh = `${folder}.new-${process.pid}`;
  const work = join(fresh, 'npm');
  mkdirSync(work, { recursive: true });
  cpSync(join(HERE, 'chromium'), work, { recursive: true });
  execFileSync('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], { cwd: work, stdio: 'inherit' });
  writeFileSync(
    join(work, 'unpack.mjs'),
    `import chromium, { inflate } from '@sparticuz/chromium';
     await chromium.executablePath();
     await inflate('node_modules/@sparticuz/chromium/bin/al2023.tar.br');`,
  );
  // It unpacks into the folder for temporary files.
  execFileSync(process.execPath, ['unpack.mjs'], { cwd: work, env: { ...process.env, TMPDIR: fresh }, stdio: 'inherit' });
  rmSync(work, { recursive: true });
  // The package's own names folders of another machine, and without a font Chromium ends.
  writeFileSync(
    join(fresh, 'fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>/usr/share/fonts</dir>
     <dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>`,
  );
  try {
    renameSync(fresh, folder);
  } catch {
    // Another test run was faster.
    rmSync(fresh, { recursive: true });
  }
}
