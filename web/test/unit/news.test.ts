import { afterEach, beforeEach, expect, test, vi } from 'vitest';

type Answer = { status: string; assets: { id: string }[]; gone: string[]; more: boolean; token: string };

let answers: Answer[];
let asked: (string | null)[];
let page: EventTarget & { hidden: boolean; hasFocus: () => boolean };
let frame: EventTarget;
let told: (readonly string[] | undefined)[];

const answer = (given: Partial<Answer> = {}): Answer => ({ status: 'CONTINUED', assets: [], gone: [], more: false, token: 't', ...given });

vi.mock('../../src/session/session.svelte', () => ({ session: { token: async () => 'token', refused: async () => undefined } }));

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
  [answers, asked, told] = [[], [], []];
  page = Object.assign(new EventTarget(), { hidden: false, hasFocus: () => true });
  frame = new EventTarget();
  vi.stubGlobal('document', page);
  vi.stubGlobal('addEventListener', frame.addEventListener.bind(frame));
  vi.stubGlobal('fetch', async (_: string, request: RequestInit) => {
    asked.push((JSON.parse(request.body as string) as { variables: { since: string | null } }).variables.since);
    return new Response(JSON.stringify({ data: { changes: answers.shift() ?? answer() } }));
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function opened() {
  const { News } = await import('../../src/news');
  const news = new News((ids) => told.push(ids));
  answers.push(answer({ status: 'BEGUN', token: 'first' }));
  await news.begin();
  return news;
}

test('what changed is told once, however many parts it comes in', async () => {
  const news = await opened();
  answers.push(answer({ assets: [{ id: 'a' }, { id: 'b' }], more: true, token: 'second' }), answer({ assets: [{ id: 'b' }], gone: ['c'], token: 'third' }));
  await news.look();
  await news.look();
  expect(told).toEqual([['a', 'b', 'c']]);
  expect(asked).toEqual([null, 'first', 'second', 'third']);
});

test('what can not be known is told as well, and so is what was missed for want of a token', async () => {
  const news = await opened();
  answers.push(answer({ status: 'RESET', token: 'anew' }));
  await news.look();
  expect(told).toEqual([undefined]);
});

test('it is asked now and then while somebody is at the page, and when they are gone nothing keeps the API awake', async () => {
  const news = await opened();
  const end = news.start();
  await vi.advanceTimersByTimeAsync(50_000);
  expect(asked).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(asked.length).toBeLessThanOrEqual(4);
  const so = asked.length;
  frame.dispatchEvent(new Event('pointermove'));
  await vi.advanceTimersByTimeAsync(40_000);
  expect(asked, 'an API that sleeps is left alone').toHaveLength(so);
  frame.dispatchEvent(new Event('focus'));
  page.dispatchEvent(new Event('visibilitychange'));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked, 'who comes back asks once').toHaveLength(so + 1);
  page.hidden = true;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(so + 1);
  end();
});
