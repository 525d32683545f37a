// The peer: sharp makes both renditions of a photo again and again. node sharp.mjs FILE jpeg|webp TIMES each|once
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import { readFileSync } from 'node:fs';

const sharp = createRequire(process.cwd() + '/')('sharp');
const [file, format, times, way] = process.argv.slice(2);
sharp.cache(false);
const options = { quality: 82 };
const inside = size => [size, size, { fit: 'inside', withoutEnlargement: true }];

const ways = {
  // As its documentation makes several sizes: one pipeline each, from the same file.
  async each() {
    const photo = sharp(file).rotate();
    await Promise.all([1440, 250].map(size => photo.clone().resize(...inside(size))[format](options).toBuffer()));
  },
  // Decoded once: the small one is made from the large one's pixels.
  async once() {
    const { data, info } = await sharp(file).rotate().resize(...inside(1440))
      .toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
    const raw = { raw: { width: info.width, height: info.height, channels: info.channels } };
    await Promise.all([
      sharp(data, raw)[format](options).toBuffer(),
      sharp(data, raw).resize(...inside(250))[format](options).toBuffer(),
    ]);
  },
};

const milliseconds = [];
for (let i = 0; i < Number(times); i++) {
  const start = performance.now();
  await ways[way]();
  milliseconds.push(performance.now() - start);
}
const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
console.log(JSON.stringify({ milliseconds, peakKiB: peak }));
