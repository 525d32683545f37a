// The peer: sharp makes both renditions of a photo again and again. node sharp.mjs FILE jpeg|webp TIMES
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import { readFileSync } from 'node:fs';

const sharp = createRequire(process.cwd() + '/')('sharp');
const [file, format, times] = process.argv.slice(2);
sharp.cache(false);
const options = { quality: 82 };
const milliseconds = [];
for (let i = 0; i < Number(times); i++) {
  const start = performance.now();
  // Decoded once: the small one is made from the large one's pixels.
  const { data, info } = await sharp(file).rotate().resize(1440, 1440, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  const raw = { raw: { width: info.width, height: info.height, channels: info.channels } };
  await Promise.all([
    sharp(data, raw)[format](options).toBuffer(),
    sharp(data, raw).resize(250, 250, { fit: 'inside' })[format](options).toBuffer(),
  ]);
  milliseconds.push(performance.now() - start);
}
const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
console.log(JSON.stringify({ milliseconds, peakKiB: peak }));
