import { Refused } from '../api/client';
import { notices } from '../design/notices.svelte';
import type { Label } from '../labelling/labels';
import { NoModel, propose } from '../labelling/propose';
import { session } from '../session/session.svelte';
import { words } from '../words';
import { badge } from './badge';
import { forget, send, type Stage } from './send';
import { dropShared, shared } from './shared';
import { StoreRefused } from './put';
import { chosen } from './tagging';
import { unfinished } from './unfinished';

type State = 'looking' | 'asked' | 'waiting' | Stage | 'sent' | 'known' | 'failed' | 'cancelled';

const AT_ONCE = 4;
const PROPOSE = 'memoir.propose';
/** Seconds over which the rate is told. */
const WINDOW = 4;

export class Upload {
  state = $state<State>('waiting');
  sent = $state(0);
  reason = $state('');
  stop = new AbortController();
  /** What a model on this device sees in it. */
  labels = $state.raw<readonly Label[]>([]);
  /** Which of them the person chose. */
  tags = $state.raw<readonly string[]>([]);

  /**
   * @param shared where the browser keeps it until it is sent, if another app shared it
   * @param taken told when the library has it
   */
  constructor(
    readonly id: number,
    readonly file: File,
    readonly shared?: string,
    readonly taken?: () => void,
  ) {}

  toggle(label: string) {
    this.tags = this.tags.includes(label) ? this.tags.filter((one) => one !== label) : [...this.tags, label];
  }

  get over(): boolean {
    return this.state === 'sent' || this.state === 'known' || this.state === 'failed' || this.state === 'cancelled';
  }
}

/** All uploads of this page: some at once, the others wait. */
class Uploads {
  all = $state.raw<Upload[]>([]);
  open = $state(false);
  /** Whether labels are proposed before a picture is sent. */
  proposing = $state(read(PROPOSE));
  interrupted = $state.raw(unfinished.all());
  /** Bytes per second. */
  rate = $state(0);
  /** Told each time something has arrived in the store. */
  arrived: () => void = () => undefined;

  constructor() {
    // What one person chose must not go to the library of the next.
    session.atLeave(() => {
      this.all.forEach((upload) => this.cancel(upload));
      this.all = [];
      this.open = false;
    });
  }

  #last = 0;
  #marks: { at: number; bytes: number }[] = [];

  readonly asked = $derived(this.all.filter((upload) => upload.state === 'asked').length);
  readonly active = $derived(this.all.filter((upload) => !upload.over).length);
  readonly finished = $derived(this.all.length - this.active);
  readonly bytes = $derived(this.all.reduce((sum, upload) => sum + upload.file.size, 0));
  readonly sentBytes = $derived(
    this.all.reduce((sum, upload) => sum + (upload.over ? upload.file.size : upload.sent), 0),
  );

  add(files: readonly File[]) {
    this.#add(files.filter((file) => !file.name.startsWith('.')).map((file) => new Upload(++this.#last, file)));
  }

  /** What lies in a folder that is watched, each with what is told when the library has it. */
  take(found: readonly { file: File; taken: () => void }[]) {
    this.#add(found.map(({ file, taken }) => new Upload(++this.#last, file, undefined, taken)));
  }

  /** What another app shared, unless it is in the list already. */
  async addShared() {
    const there = new Set(this.all.map((upload) => upload.shared));
    this.#add((await shared()).filter(({ place }) => !there.has(place)).map(({ file, place }) => new Upload(++this.#last, file, place)));
  }

  #add(fresh: readonly Upload[]) {
    if (fresh.length === 0) {
      return;
    }
    this.all = [...this.all, ...fresh];
    this.open = true;
    badge(this.active);
    for (const upload of fresh) {
      if (this.proposing && upload.file.type.startsWith('image/')) {
        upload.state = 'looking';
        void this.#propose(upload);
      }
    }
    this.#begin();
  }

  #begin() {
    for (let i = 0; i < AT_ONCE; i++) {
      void this.#work();
    }
  }

  propose(proposing: boolean) {
    this.proposing = proposing;
    localStorage.setItem(PROPOSE, String(proposing));
    if (!proposing) {
      this.#sendAll(['looking', 'asked']);
    }
  }

  /** What labels were chosen for goes to the store. */
  send(upload: Upload) {
    upload.state = 'waiting';
    this.#begin();
  }

  sendAll() {
    this.#sendAll(['asked']);
  }

  #sendAll(states: readonly State[]) {
    this.all.filter(({ state }) => states.includes(state)).forEach((upload) => (upload.state = 'waiting'));
    this.#begin();
  }

  /** A picture that nothing is found in, or that the browser can't read, isn't held up. */
  async #propose(upload: Upload) {
    try {
      upload.labels = await propose(upload.file);
    } catch (failure) {
      if (failure instanceof NoModel && this.proposing) {
        this.propose(false);
        notices.tell(words.upload.noModel);
      }
    }
    if (upload.state === 'looking') {
      upload.state = upload.labels.length > 0 ? 'asked' : 'waiting';
      this.#begin();
    }
  }

  cancel(upload: Upload) {
    upload.stop.abort();
    if (!upload.over) {
      upload.state = 'cancelled';
      this.#forgetShared(upload);
      badge(this.active);
    }
  }

  #forgetShared({ shared: place }: Upload) {
    if (place) {
      void dropShared(place);
    }
  }

  retry(upload: Upload) {
    upload.stop = new AbortController();
    upload.sent = 0;
    upload.state = 'waiting';
    void this.#work();
  }

  clear() {
    this.all = this.all.filter((upload) => !upload.over);
    this.open = this.all.length > 0;
  }

  async forgetInterrupted() {
    const all = this.interrupted;
    this.interrupted = [];
    await Promise.all(all.map(forget));
  }

  #working = 0;

  async #work() {
    if (this.#working >= AT_ONCE) {
      return;
    }
    this.#working++;
    for (let next = this.#next(); next; next = this.#next()) {
      await this.#send(next);
    }
    this.#working--;
  }

  #next(): Upload | undefined {
    return this.all.find((upload) => upload.state === 'waiting');
  }

  async #send(upload: Upload) {
    if (upload.file.size === 0) {
      upload.state = 'failed';
      upload.reason = words.upload.empty;
      this.#forgetShared(upload);
      return;
    }
    upload.state = 'checking';
    const watch = {
      stage: (stage: Stage) => {
        if (!upload.over) {
          upload.state = stage;
        }
      },
      sent: (bytes: number) => {
        upload.sent = bytes;
        this.#measure();
      },
      known: (sha256: string) => {
        if (upload.tags.length > 0) {
          chosen.keep(sha256, upload.tags);
        }
      },
    };
    try {
      const outcome = await send(upload.file, watch, upload.stop.signal);
      upload.state = outcome;
      upload.taken?.();
      this.#forgetShared(upload);
      if (outcome === 'sent' || upload.tags.length > 0) {
        this.arrived();
      }
    } catch (failure) {
      if (upload.stop.signal.aborted) {
        upload.state = 'cancelled';
      } else {
        upload.state = 'failed';
        upload.reason =
          failure instanceof Refused || failure instanceof StoreRefused ? failure.message : words.trouble.failed;
      }
    }
    this.interrupted = unfinished.all().filter((one) => !this.all.some((u) => u.file.size === one.size && u.file.name === one.name));
    badge(this.active);
    if (this.active === 0) {
      this.rate = 0;
      this.#marks = [];
    }
  }

  #measure() {
    const now = performance.now() / 1000;
    this.#marks.push({ at: now, bytes: this.sentBytes });
    while (this.#marks.length > 2 && now - this.#marks[0]!.at > WINDOW) {
      this.#marks.shift();
    }
    const [first, last] = [this.#marks[0]!, this.#marks.at(-1)!];
    if (last.at > first.at) {
      this.rate = Math.max(0, (last.bytes - first.bytes) / (last.at - first.at));
    }
  }
}

function read(setting: string): boolean {
  return typeof localStorage !== 'undefined' && localStorage.getItem(setting) === 'true';
}

export const uploads = new Uploads();
