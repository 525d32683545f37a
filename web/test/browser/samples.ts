import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCRIPT = join(dirname(fileURLToPath(import.meta.url)), '../../../memoir');
const known = new Map<string, string>();

/** Where a part is, which is installed before if need be. */
export function part(name: string): string {
  let path = known.get(name);
  if (!path) {
    execFileSync(SCRIPT, ['parts', 'install', name], { stdio: 'ignore' });
    path = execFileSync(SCRIPT, ['parts', 'path', name], { encoding: 'utf8' }).trim();
    known.set(name, path);
  }
  return path;
}

/** A real photo or video of those that `./memoir demo` shows, such as `photos/rocket.jpg`. */
export function samples(path: string): string {
  return join(part('samples'), path);
}
