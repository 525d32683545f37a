import { Offline, Refused } from '../api/client';
import { words } from '../words';

export type Notice = { id: number; text: string; action?: { label: string; run: () => void } };

const LONG_ENOUGH = 8_000;

/** Short news at the edge of the page, with one thing to do at most. */
class Notices {
  all = $state.raw<Notice[]>([]);
  #last = 0;

  tell(text: string, action?: Notice['action']) {
    const id = ++this.#last;
    this.all = [...this.all.slice(-2), action ? { id, text, action } : { id, text }];
    setTimeout(() => this.drop(id), LONG_ENOUGH);
  }

  drop(id: number) {
    this.all = this.all.filter((notice) => notice.id !== id);
  }

  failed(failure: unknown, again?: () => void) {
    const text =
      failure instanceof Offline
        ? words.trouble.offline
        : failure instanceof Refused && failure.code === 'NOT_ALLOWED'
          ? words.trouble.notAllowed
        : failure instanceof Refused
          ? words.trouble.refused(failure.message)
          : words.trouble.failed;
    this.tell(text, again && { label: words.trouble.again, run: again });
  }
}

export const notices = new Notices();
