import { notices } from '../design/notices.svelte';
import { session } from '../session/session.svelte';
import { words } from '../words';
import { uploads } from './uploads.svelte';

declare global {
  interface Window {
    /** Chromium's alone. */
    showDirectoryPicker?: (options: { id: string; mode: 'read' }) => Promise<FileSystemDirectoryHandle>;
  }
  interface FileSystemHandle {
    queryPermission(wanted: { mode: 'read' }): Promise<PermissionState>;
    requestPermission(wanted: { mode: 'read' }): Promise<PermissionState>;
  }
}

/** Where the browser keeps which folder it is, and what was taken from it. */
const DATABASE = 'memoir-watched';
const STORE = 'kept';
const READ = { mode: 'read' } as const;
/** That a tab reads it: in a private window Chromium may end the page over that, and must not do so again at each reload. */
const READING = 'memoir.watched.reading';
/** Milliseconds from one look into the folder to the next, at least. */
const PAUSE = 3_000;
/** Of a large folder: looking takes at most this part of the time. */
const PART = 10;
/** What systems put beside pictures. */
const SYSTEMS: readonly string[] = ['Thumbs.db', 'desktop.ini'];

/**
 * @param subject whose library it goes to, and nobody else's
 * @param taken path → size and time of what the library has of it
 */
type Kept = { subject: string; folder: FileSystemDirectoryHandle; taken: Map<string, string> };

/**
 * A folder of this device: what is new in it is uploaded as long as a page is open. The browser keeps which one it is; whether it
 * may be read after a reload, it may want to be told again.
 */
class Watched {
  /** What the folder is called; nothing when none is watched. */
  name = $state<string>();
  /** The browser must be told again that it may be read, or it is not there at present. */
  halted = $state(false);

  readonly possible = typeof window !== 'undefined' && window.showDirectoryPicker !== undefined;

  #kept: Kept | undefined;
  #run = new AbortController();

  constructor() {
    session.atLeave(() => this.stop());
  }

  async choose() {
    try {
      const folder = await window.showDirectoryPicker!({ id: 'memoir', mode: 'read' });
      const kept = { subject: session.subject, folder, taken: new Map<string, string>() };
      await write(kept);
      this.#kept = kept;
      this.name = folder.name;
      this.#begin();
    } catch (failure) {
      if ((failure as Error).name !== 'AbortError') {
        notices.failed(failure);
      }
    }
  }

  /** After a reload. */
  async restore() {
    const kept = this.possible && !this.#kept ? await read().catch(() => undefined) : undefined;
    if (kept?.subject === session.subject) {
      this.#kept = kept;
      this.name = kept.folder.name;
      if ((await kept.folder.queryPermission(READ)) === 'granted') {
        this.#begin();
      } else {
        this.halted = true;
      }
    }
  }

  async goOn() {
    if ((await this.#kept!.folder.requestPermission(READ)) === 'granted') {
      this.#begin();
    }
  }

  stop() {
    this.#run.abort();
    this.#kept = this.name = undefined;
    this.halted = false;
    indexedDB.deleteDatabase(DATABASE);
  }

  /** Of several pages that are open, one looks. */
  #begin() {
    this.#run.abort();
    this.#run = new AbortController();
    this.halted = false;
    const { signal } = this.#run;
    const kept = this.#kept!;
    navigator.locks.request(DATABASE, { signal }, () => this.#watch(kept, signal)).catch(() => undefined);
  }

  async #watch(kept: Kept, signal: AbortSignal) {
    const asked = new Set<string>();
    let before = new Map<string, string>();
    let more = false;
    while (!signal.aborted) {
      const begin = performance.now();
      try {
        const now = new Map<string, string>();
        const fresh: { file: File; taken: () => void }[] = [];
        for await (const [path, file] of filesOf(kept.folder)) {
          const state = `${file.size} ${file.lastModified}`;
          now.set(path, state);
          // What is still being written changes from one look to the next.
          const whole = file.size > 0 && before.get(path) === state;
          if (whole && kept.taken.get(path) !== state && !asked.has(`${path} ${state}`)) {
            asked.add(`${path} ${state}`);
            const taken = () => {
              kept.taken.set(path, state);
              more = true;
            };
            fresh.push({ file, taken });
          }
        }
        before = now;
        if (!signal.aborted) {
          uploads.take(fresh);
        }
        if (more && !signal.aborted) {
          more = false;
          await write(kept);
        }
      } catch {
        if (!signal.aborted) {
          this.halted = true;
          notices.tell(words.upload.halted(kept.folder.name));
        }
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, Math.max(PAUSE, PART * (performance.now() - begin))));
    }
  }
}

/** All files in it and in what lies in it, with their paths. What goes meanwhile is left out. */
async function* filesOf(folder: FileSystemDirectoryHandle, at = ''): AsyncGenerator<[string, File]> {
  for await (const entry of folder.values()) {
    if (entry.name.startsWith('.') || SYSTEMS.includes(entry.name)) {
      continue;
    }
    const path = `${at}${entry.name}`;
    try {
      if (entry.kind === 'directory') {
        yield* filesOf(entry as FileSystemDirectoryHandle, `${path}/`);
      } else {
        yield [path, await (entry as FileSystemFileHandle).getFile()];
      }
    } catch (failure) {
      if ((failure as Error).name !== 'NotFoundError') {
        throw failure;
      }
    }
  }
}

function ask<T>(mode: IDBTransactionMode, of: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onerror = () => reject(opening.error!);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction(STORE, mode);
      const request = of(transaction.objectStore(STORE));
      transaction.oncomplete = () => {
        database.close();
        resolve(request.result);
      };
      transaction.onabort = () => {
        database.close();
        reject(transaction.error!);
      };
    };
  });
}

async function read(): Promise<Kept | undefined> {
  if (sessionStorage.getItem(READING)) {
    indexedDB.deleteDatabase(DATABASE);
    sessionStorage.removeItem(READING);
    return undefined;
  }
  sessionStorage.setItem(READING, 'yes');
  const kept = await ask('readonly', (store) => store.get(STORE) as IDBRequest<Kept | undefined>);
  sessionStorage.removeItem(READING);
  return kept;
}

const write = (kept: Kept) => ask('readwrite', (store) => store.put(kept, STORE));

export const watched = new Watched();
