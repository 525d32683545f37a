/** What a guest is told of a picture. Pixels, seconds, degrees. */
export type Item = {
  sha256: string;
  kind: 'IMAGE' | 'VIDEO' | 'OTHER';
  preview: boolean;
  plays: boolean;
  width?: number;
  height?: number;
  duration?: number;
  takenAt?: string;
  thumbhash?: string;
  /** Clockwise, by which it is shown turned; width and height are those before. */
  rotation?: number;
  latitude?: number;
  longitude?: number;
  name?: string;
};

export type Opened = { link: string; expiresAt: string; title?: string; download: boolean; originals: boolean };

/** Why a link did not open. */
export type Refusal = { kind: 'locked' | 'wrong' | 'ended' | 'failed' } | { kind: 'wait'; seconds: number };

const PATIENCE = 5;

const later = (seconds: number) => new Promise((resolve) => setTimeout(resolve, 1_000 * seconds));

/** Memoir may have to wake up first. */
async function patiently(ask: () => Promise<Response>): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const answer = await ask();
    if (answer.status !== 503 || attempt === PATIENCE) {
      return answer;
    }
    await later(Number(answer.headers.get('Retry-After')) || 1);
  }
}

export async function open(token: string, password: string | undefined): Promise<Opened | Refusal> {
  try {
    const answer = await patiently(() =>
      fetch('/share/open', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(password === undefined ? { token } : { token, password }),
      }),
    );
    if (answer.ok) {
      return (await answer.json()) as Opened;
    }
    if (answer.status === 429) {
      return { kind: 'wait', seconds: Number(answer.headers.get('Retry-After')) || 1 };
    }
    if (answer.status === 401) {
      return { kind: password === undefined ? 'locked' : 'wrong' };
    }
    return { kind: answer.status === 410 ? 'ended' : 'failed' };
  } catch {
    return { kind: 'failed' };
  }
}

export async function page(link: string, after: string | undefined): Promise<{ items: Item[]; after?: string } | Refusal> {
  try {
    const answer = await patiently(() => fetch(`/share/${link}/items${after ? `?after=${encodeURIComponent(after)}` : ''}`));
    return answer.ok ? ((await answer.json()) as { items: Item[]; after?: string }) : { kind: answer.status === 410 ? 'ended' : 'failed' };
  } catch {
    return { kind: 'failed' };
  }
}

export const isRefusal = (answer: object): answer is Refusal => 'kind' in answer;

/** @param again a number that changes when it is to be asked for once more */
export const thumbnail = (link: string, item: Item, again = 0) => bytes(link, item, item.preview ? 'thumbnail' : 'preview', again);
export const preview = (link: string, item: Item, again = 0) => bytes(link, item, 'preview', again);
export const original = (link: string, item: Item) => `/share/${link}/bytes/${item.sha256}/original`;

function bytes(link: string, item: Item, kind: string, again: number): string {
  return `/share/${link}/bytes/${item.sha256}/${kind}${again > 0 ? `?again=${again}` : ''}`;
}

/** Where what may be kept is fetched: the original, or else the largest picture. */
export function download(opened: Opened, item: Item): string {
  return opened.originals ? `${original(opened.link, item)}?download` : `/share/${opened.link}/bytes/${item.sha256}/preview?download`;
}

export const isAcross = ({ rotation = 0 }: Item) => rotation % 180 !== 0;

export function ratio(item: Item): number {
  const [width, height] = isAcross(item) ? [item.height, item.width] : [item.width, item.height];
  return width && height ? Math.min(3, Math.max(0.5, width / height)) : 1;
}
