import { execFile, execFileSync } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const SCRIPT = join(dirname(fileURLToPath(import.meta.url)), '../../../memoir');
const run = promisify(execFile);

/** Of whoever is added by a test. */
export const PASSWORD = 'the quiet lake in May';

/** A real Memoir in a folder of its own: runner, store, queue, database and functions. */
export class Memoir {
  constructor(
    readonly data: string,
    readonly address: string,
    readonly store: string,
    /** What `up` said. */
    readonly said = '',
    /** Where people log in, if not here. */
    readonly issuer = '',
  ) {}

  static async start(data: string, idle: number, ...more: string[]): Promise<Memoir> {
    const [port, storePort] = [await freePort(), await freePort()];
    // All the family signs in from this one machine, and signs in again and again.
    const logins = ['--set', 'login.addressBurst=10000'];
    const options = [...logins, '--port', `${port}`, '--store-port', `${storePort}`, '--idle', `${idle}`, '--no-rehearsal', ...more];
    const up = await run(SCRIPT, ['up', '--detach', '--data', data, ...options], { maxBuffer: 1 << 24 });
    return new Memoir(data, `http://127.0.0.1:${port}`, `http://127.0.0.1:${storePort}`, up.stdout);
  }

  async call(...words: string[]): Promise<string> {
    return (await run(SCRIPT, [words[0]!, '--data', this.data, ...words.slice(1)], { maxBuffer: 1 << 24 })).stdout;
  }

  async token(user?: string): Promise<string> {
    return (await this.call('token', ...(user ? ['--user', user] : []))).trim();
  }

  /** Makes somebody who is not of the family and sees only what is their own. */
  guest(name: string) {
    this.add(name, '--guest');
  }

  /** Makes somebody with these rights and the password {@link PASSWORD}. */
  add(name: string, ...rights: string[]) {
    execFileSync(SCRIPT, ['user', 'add', ...rights, '--data', this.data, name], { input: `${PASSWORD}\n` });
  }

  async ask<T>(query: string, token: string): Promise<T> {
    const answer = await fetch(`${this.address}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify({ query }),
    });
    if (answer.status === 503 || answer.status === 429) {
      await new Promise((resolve) => setTimeout(resolve, 1_000 * (Number(answer.headers.get('Retry-After')) || 1)));
      return this.ask(query, token);
    }
    const text = await answer.text();
    const { data } = (text.startsWith('{') ? JSON.parse(text) : {}) as { data?: T };
    if (!data) {
      throw new Error(`${query} was answered by ${answer.status} ${text}`);
    }
    return data;
  }

  /** Every function and the database have been stopped. */
  async asleep(): Promise<void> {
    await until('everything sleeps', 120_000, async () => {
      const status = JSON.parse(await this.call('status', '--json')) as { functions: Record<string, { state: string }> };
      return Object.values(status.functions).every((f) => f.state === 'asleep');
    });
  }

  stop() {
    execFileSync(SCRIPT, ['down', '--data', this.data]);
  }
}

/** Who asks too early, or a Memoir that has too much to do, is asked again. */
export async function until(what: string, patience: number, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + patience;
  let last: unknown;
  const held = () => holds().catch((failure: unknown) => ((last = failure), false));
  while (!(await held())) {
    if (Date.now() > end) {
      throw new Error(`not within ${patience / 1000} s: ${what}`, { cause: last });
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
