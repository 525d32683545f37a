/// <reference lib="webworker" />
const worker = self as unknown as ServiceWorkerGlobalScope;

// The build puts the files of the shell and their digest here.
const SHELL = ["__SHELL__"];
const VERSION = "__VERSION__";

const SHELL_CACHE = `memoir-shell-${VERSION}`;
const THUMBNAILS = 'memoir-thumbnails';
const MOST_THUMBNAILS = 3_000;
const SHARED = 'memoir-shared';

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(SHELL_CACHE)
      .then((cache) => cache.addAll(SHELL))
      .then(() => worker.skipWaiting()),
  );
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name.startsWith('memoir-shell-') && name !== SHELL_CACHE).map((name) => caches.delete(name))),
      )
      .then(() => worker.clients.claim()),
  );
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method === 'POST' && url.origin === worker.location.origin && url.pathname === '/take') {
    event.respondWith(takeShared(request));
    return;
  }
  if (request.method !== 'GET') {
    return;
  }
  if (url.origin === worker.location.origin) {
    if (SHELL.includes(url.pathname)) {
      event.respondWith(shell(request, url.pathname));
    }
  } else if (request.destination === 'image' && request.mode === 'cors' && isThumbnail(url)) {
    event.respondWith(thumbnail(request, url));
  }
});

/** Files that another app shares wait here for a page to send them, since only a page knows who is signed in. */
async function takeShared(request: Request): Promise<Response> {
  const files = (await request.formData()).getAll('files').filter((file) => typeof file !== 'string');
  const cache = await caches.open(SHARED);
  for (const file of files) {
    const headers = {
      'Content-Type': file.type || 'application/octet-stream',
      'X-Name': encodeURIComponent(file.name),
      'X-Modified': String(file.lastModified),
    };
    await cache.put(`/shared/${crypto.randomUUID()}`, new Response(file, { headers }));
  }
  return Response.redirect('/#/upload', 303);
}

/** The shell is there at once; a newer one has its own worker, which the browser looks for at each visit. */
async function shell(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(SHELL_CACHE);
  const kept = await cache.match(path);
  return kept ?? fetch(request);
}

/** A rendition's path is made from its content, so what lies there never changes; the signature behind it does, each day. */
function isThumbnail(url: URL): boolean {
  return url.searchParams.has('X-Amz-Signature') && url.pathname.endsWith('/thumbnail.jpg');
}

async function thumbnail(request: Request, url: URL): Promise<Response> {
  const cache = await caches.open(THUMBNAILS);
  const name = url.origin + url.pathname;
  const kept = await cache.match(name);
  if (kept) {
    return kept;
  }
  const answer = await fetch(request);
  if (answer.ok) {
    await cache.put(name, answer.clone());
    if (Math.random() < 0.02) {
      const names = await cache.keys();
      await Promise.all(names.slice(0, Math.max(0, names.length - MOST_THUMBNAILS)).map((old) => cache.delete(old)));
    }
  }
  return answer;
}
