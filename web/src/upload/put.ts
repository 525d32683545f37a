import type { PutFragment } from '../api/generated/graphql';

/** The store's answer when it is not "yes". */
export class StoreRefused extends Error {
  constructor(readonly status: number) {
    super(`the store answered ${status}`);
  }
}

/** The network was lost, or the store can't be reached. */
export class Lost extends Error {}

/** Sends bytes to the store's own address. Progress is told in bytes, which only XMLHttpRequest can. */
export function put(request: PutFragment, body: Blob, progress: (sent: number) => void, signal: AbortSignal): Promise<void> {
  return new Promise((done, failed) => {
    const http = new XMLHttpRequest();
    const stop = () => http.abort();
    http.open('PUT', request.url);
    for (const { name, value } of request.headers) {
      // A browser sets these itself, to the same.
      if (!/^(host|content-length)$/i.test(name)) {
        http.setRequestHeader(name, value);
      }
    }
    http.upload.onprogress = (event) => progress(event.loaded);
    http.onload = () => (http.status >= 200 && http.status < 300 ? done() : failed(new StoreRefused(http.status)));
    http.onerror = () => failed(new Lost('no answer from the store'));
    http.onabort = () => failed(new DOMException('stopped', 'AbortError'));
    http.onloadend = () => signal.removeEventListener('abort', stop);
    signal.addEventListener('abort', stop);
    http.send(body);
  });
}
