import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCRIPT = join(dirname(fileURLToPath(import.meta.url)), '../../../memoir');
let folder: string | undefined;

/** A real photo or video of those that `./memoir demo` shows, such as `photos/rocket.jpg`. */
export function samples(path: string): string {
  if (!folder) {
    execFileSync(SCRIPT, ['parts', 'install', 'samples'], { stdio: 'ignore' });
    folder = execFileSync(SCRIPT, ['parts', 'path', 'samples'], { encoding: 'utf8' }).trim();
  }
  return join(folder, path);
}
