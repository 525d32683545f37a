/** An upload in parts that was begun: enough to go on with it when the same file is chosen again. */
export type Unfinished = {
  name: string;
  size: number;
  sha256: string;
  key: string;
  uploadId: string;
  partSize: number;
  parts: number;
  done: number[];
};

const PLACE = 'memoir.uploads';

/** What outlives a reload. A browser forgets the files themselves, so the person must choose them again. */
export const unfinished = {
  all(): Unfinished[] {
    try {
      return JSON.parse(localStorage.getItem(PLACE) ?? '[]') as Unfinished[];
    } catch {
      return [];
    }
  },

  of(sha256: string, size: number): Unfinished | undefined {
    return this.all().find((upload) => upload.sha256 === sha256 && upload.size === size);
  },

  keep(upload: Unfinished) {
    write([...this.all().filter((other) => other.uploadId !== upload.uploadId), upload]);
  },

  drop(uploadId: string) {
    write(this.all().filter((other) => other.uploadId !== uploadId));
  },
};

function write(all: Unfinished[]) {
  localStorage.setItem(PLACE, JSON.stringify(all));
}
