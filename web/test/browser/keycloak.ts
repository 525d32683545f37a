import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, until } from './memoir';

const TOP = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const SCRIPT = join(TOP, 'memoir');
const REALM = join(TOP, 'testkit/src/main/resources/dev/memoir/testkit/keycloak-realm.json');
const ROOT = { username: 'root', password: 'only-in-tests' };

/** A real Keycloak with the realm of the tests, in which Anna is of the family. */
export class Keycloak {
  private constructor(
    readonly address: string,
    readonly stop: () => void,
  ) {}

  readonly password = 'the quiet lake in May';

  get issuer(): string {
    return `${this.address}/realms/memoir`;
  }

  static async start(): Promise<Keycloak> {
    execFileSync(SCRIPT, ['parts', 'install', 'keycloak'], { stdio: 'ignore' });
    const archive = execFileSync(SCRIPT, ['parts', 'path', 'keycloak'], { encoding: 'utf8' }).trim();
    const folder = mkdtempSync(join(tmpdir(), 'memoir-keycloak-'));
    execFileSync('tar', ['-xzf', archive, '-C', folder, '--strip-components=1']);
    mkdirSync(join(folder, 'data/import'), { recursive: true });
    cpSync(REALM, join(folder, 'data/import/memoir-realm.json'));
    const port = await freePort();
    const environment = {
      ...process.env,
      JAVA_OPTS_KC_HEAP: '-Xms64m -Xmx512m',
      KC_BOOTSTRAP_ADMIN_USERNAME: ROOT.username,
      KC_BOOTSTRAP_ADMIN_PASSWORD: ROOT.password,
    };
    const server = spawn(join(folder, 'bin/kc.sh'), ['start-dev', '--import-realm', '--http-host=127.0.0.1', `--http-port=${port}`], {
      env: environment,
      stdio: 'ignore',
      detached: true,
    });
    const stop = () => {
      process.kill(-server.pid!, 'SIGKILL');
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    };
    const keycloak = new Keycloak(`http://127.0.0.1:${port}`, stop);
    try {
      await until('Keycloak serves', 400_000, async () => {
        if (server.exitCode !== null) {
          throw new Error(`Keycloak ended with ${server.exitCode}`);
        }
        const answer = await fetch(`${keycloak.issuer}/.well-known/openid-configuration`).catch(() => undefined);
        return answer?.ok ?? false;
      });
    } catch (failure) {
      stop();
      throw failure;
    }
    return keycloak;
  }

  /** Ends all sessions of somebody, as an administrator does. */
  async end(user: string) {
    const form = new URLSearchParams({ client_id: 'admin-cli', grant_type: 'password', ...ROOT });
    const given = await fetch(`${this.address}/realms/master/protocol/openid-connect/token`, { method: 'POST', body: form });
    const { access_token: token } = (await given.json()) as { access_token: string };
    const headers = { Authorization: `Bearer ${token}` };
    const users = `${this.address}/admin/realms/memoir/users`;
    const [found] = (await (await fetch(`${users}?username=${user}`, { headers })).json()) as { id: string }[];
    const ended = await fetch(`${users}/${found!.id}/logout`, { method: 'POST', headers });
    if (!ended.ok) {
      throw new Error(`Keycloak answered ${ended.status}`);
    }
  }
}

