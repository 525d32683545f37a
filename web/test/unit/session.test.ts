import { beforeEach, expect, test, vi } from 'vitest';

class Kept {
  all = new Map<string, string>();
  getItem = (name: string) => this.all.get(name) ?? null;
  setItem = (name: string, value: string) => void this.all.set(name, value);
  removeItem = (name: string) => void this.all.delete(name);
  clear = () => this.all.clear();
}

type Answer = { status?: number; body?: unknown; headers?: Record<string, string> };

const TOKEN = 'aaa.bbb.ccc';
let asked: string[];
let answers: Record<string, Answer[]>;

/** A house that answers as the login contract says, in the order given; the last answer stays. */
function house(given: Record<string, Answer[]>) {
  answers = { 'GET /login/config.json': [{ body: { kind: 'house' } }], ...given };
}

beforeEach(() => {
  asked = [];
  vi.resetModules();
  vi.stubGlobal('localStorage', new Kept());
  vi.stubGlobal('sessionStorage', new Kept());
  vi.stubGlobal('location', { hash: '#/', replace: vi.fn() });
  vi.stubGlobal('history', { replaceState: vi.fn() });
  vi.stubGlobal('fetch', async (path: string, request?: RequestInit) => {
    const what = `${request?.method ?? 'GET'} ${path}`;
    asked.push(what);
    if (request?.method === 'POST' && new Headers(request.headers).get('Content-Type') !== 'application/json') {
      return new Response('{}', { status: 415 });
    }
    const list = answers[what] ?? [{ status: 404 }];
    const { status = 200, body = {}, headers = {} } = list.length > 1 ? list.shift()! : list[0]!;
    return new Response(status === 204 ? null : JSON.stringify(body), { status, headers });
  });
});

async function fresh() {
  return (await import('../../src/session/session.svelte')).session;
}

test('a browser that the house remembers is signed in without a word', async () => {
  house({ 'POST /login/token': [{ body: { token: TOKEN, expiresAt: '2099-01-01T00:00:00Z' } }] });
  const session = await fresh();
  await session.start();
  expect(session.state).toBe('in');
  expect(await session.token()).toBe(TOKEN);
});

test('a stranger is asked for name and password, and told what was wrong', async () => {
  house({
    'POST /login/token': [{ status: 401 }],
    'POST /login/password': [
      { status: 401, body: { error: { code: 'wrong', message: 'no' } } },
      { status: 429, headers: { 'Retry-After': '30' } },
      { body: { token: TOKEN } },
    ],
  });
  const session = await fresh();
  const { explanation } = await import('../../src/session/session.svelte');
  await session.start();
  expect(session.state).toBe('out');
  const wrong = await session.password('ann', 'x').catch((failure: unknown) => failure);
  expect(explanation(wrong, false)).toBe('Name or password are not right.');
  const locked = await session.password('ann', 'x').catch((failure: unknown) => failure);
  expect(explanation(locked, false)).toBe('Too many attempts. Try again in 30 seconds.');
  await session.password('ann', 'right');
  expect(session.state).toBe('in');
});

test('a token that ends in the middle of work is renewed once, however many ask', async () => {
  house({ 'POST /login/token': [{ body: { token: TOKEN } }, { body: { token: 'ddd.eee.fff' } }] });
  const session = await fresh();
  await session.start();
  await Promise.all([session.refused(TOKEN), session.refused(TOKEN), session.refused(TOKEN)]);
  expect(await session.token()).toBe('ddd.eee.fff');
  expect(asked.filter((what) => what === 'POST /login/token')).toHaveLength(2);
});

test('when it cannot be renewed the person is asked, and what waits goes on afterwards', async () => {
  house({ 'POST /login/token': [{ body: { token: TOKEN } }, { status: 401 }], 'POST /login/password': [{ body: { token: 'g.h.i' } }] });
  const session = await fresh();
  await session.start();
  await session.refused(TOKEN);
  expect(session.state).toBe('ended');
  const waiting = session.token();
  await session.password('ann', 'right');
  expect(await waiting).toBe('g.h.i');
});

test('a session that has ended when its token must be renewed asks the person, too', async () => {
  const short = { token: TOKEN, expiresAt: '2001-01-01T00:00:00Z' };
  house({ 'POST /login/token': [{ body: short }, { status: 401 }], 'POST /login/password': [{ body: { token: 'g.h.i' } }] });
  const session = await fresh();
  await session.start();
  const waiting = session.token();
  await vi.waitFor(() => expect(session.state).toBe('ended'));
  await session.password('ann', 'right');
  expect(await waiting).toBe('g.h.i');
});

test('a one-time link makes an account and leaves the address', async () => {
  house({ 'POST /login/first': [{ body: { token: TOKEN } }] });
  location.hash = '#/welcome?ticket=abc%2F1';
  const session = await fresh();
  await session.start();
  expect(session.ticket).toEqual({ kind: 'first', ticket: 'abc/1' });
  await session.redeem(session.ticket!, 'ann', 'secret');
  expect(session.state).toBe('in');
  expect(location.replace).toHaveBeenCalledWith('#/');
});

test('an invitation is redeemed as one, whoever else this tab was', async () => {
  house({ 'POST /login/invitation': [{ body: { token: TOKEN } }] });
  sessionStorage.setItem('memoir.token', 'some.body.else');
  location.hash = '#/invitation?ticket=abc';
  const session = await fresh();
  await session.start();
  expect(session.state).toBe('out');
  await session.redeem(session.ticket!, 'bob', 'secret');
  expect(asked).toContain('POST /login/invitation');
});

test('without a login of its own it takes a pasted token, keeps it for the tab, and takes nothing else', async () => {
  house({ 'GET /login/config.json': [{ status: 404 }] });
  const session = await fresh();
  await session.start();
  expect(session.state).toBe('out');
  expect(session.paste('hello')).toBe(false);
  expect(session.paste(`  ${TOKEN}\n`)).toBe(true);
  expect(sessionStorage.getItem('memoir.token')).toBe(TOKEN);
  expect(JSON.stringify([...(localStorage as unknown as Kept).all])).not.toContain(TOKEN);
});

test('a token in the address is taken out of it at once', async () => {
  house({ 'GET /login/config.json': [{ status: 404 }] });
  location.hash = `#/token=${TOKEN}`;
  const session = await fresh();
  await session.start();
  expect(session.state).toBe('in');
  expect(history.replaceState).toHaveBeenCalledWith(null, '', '#/');
});

test('whoever signs out leaves nothing behind', async () => {
  house({ 'POST /login/token': [{ body: { token: TOKEN } }], 'POST /login/logout': [{ status: 204 }] });
  const session = await fresh();
  await session.start();
  await session.leave();
  expect(session.state).toBe('out');
  expect(asked).toContain('POST /login/logout');
  expect(localStorage.getItem('memoir.signed-in')).toBeNull();
});

test('what was not sent yet goes with who leaves', async () => {
  vi.stubGlobal('navigator', { languages: ['en'] });
  house({ 'POST /login/token': [{ body: { token: TOKEN } }] });
  const session = await fresh();
  const { uploads } = await import('../../src/upload/uploads.svelte');
  await session.start();
  uploads.add([new File(['x'], 'theirs.jpg', { type: 'image/jpeg' })]);
  const [upload] = uploads.all;
  await session.leave();
  expect(uploads.all).toEqual([]);
  expect(upload!.over).toBe(true);
  expect(upload!.stop.signal.aborted).toBe(true);
});
