import { chromium, type Page } from '@playwright/test';
import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium as findChromium } from './chromium';
import { samples } from './samples';

type Crop = { from: string; x: number; y: number; width: number; height: number; day: string; title?: string; place?: Place };

const LONG = 'A very long title about a summer that did not want to end '.repeat(4).slice(0, 200);
const RIGHT_TO_LEFT = 'العائلة على الشاطئ';

/**
 * Parts of the sample photos, as if a family had taken them over three years: JPEGs with the date a camera writes. Two have
 * titles that are hard to show.
 */
export async function writeFamilyPictures(folder: string) {
  mkdirSync(folder, { recursive: true });
  const { executable, environment } = findChromium();
  const browser = await chromium.launch({ executablePath: executable, env: { ...process.env, ...environment }, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    for (const [i, crop] of crops().entries()) {
      writeFileSync(join(folder, `IMG_${1000 + i}.jpg`), await drawn(page, crop));
    }
  } finally {
    await browser.close();
  }
}

const SOURCES = [
  'orientation/Landscape_1.jpg',
  'orientation/Portrait_1.jpg',
  'photos/chelsea.png',
  'photos/coffee.png',
  'photos/astronaut.png',
  'photos/rocket.jpg',
  'photos/starfish.jpg',
];

const SHAPES = [
  [1, 1],
  [0.8, 0.62],
  [0.5, 0.9],
  [0.95, 0.5],
  [0.66, 0.66],
] as const;

const DAYS = [
  ['2026-10-04', 9], ['2026-09-12', 2], ['2026-08-21', 3], ['2026-08-02', 14], ['2026-05-17', 1], ['2026-05-16', 5],
  ['2025-12-24', 11], ['2025-10-11', 2], ['2025-07-14', 17], ['2025-07-13', 3], ['2025-03-01', 4],
  ['2024-12-31', 6], ['2024-09-09', 8], ['2024-06-15', 2], ['2024-06-14', 3], ['2024-02-29', 7],
] as const;

/** Where the family was on some of the days. */
export const PLACES: Record<string, Place> = { '2025-07-14': [55.03, 8.45], '2025-12-24': [47.37, 8.54], '2024-02-29': [-36.85, 174.76] };

function crops(): Crop[] {
  let n = 0;
  return DAYS.flatMap(([day, count]) =>
    Array.from({ length: count }, (): Crop => {
      const i = n++;
      const from = SOURCES[(i * 5 + Math.floor(i / 7)) % SOURCES.length]!;
      const [width, height] = SHAPES[(i * 3) % SHAPES.length]!;
      const title = i === 1 ? RIGHT_TO_LEFT : i === 2 ? LONG : undefined;
      const home = PLACES[day];
      const place = home && ([home[0] + (i % 5) * 0.004, home[1] + (i % 3) * 0.006] as const);
      return { from, x: ((i * 37) % 100) / 100, y: ((i * 53) % 100) / 100, width, height, day, ...(title && { title }), ...(place && { place }) };
    }),
  );
}

async function drawn(page: Page, crop: Crop): Promise<Buffer> {
  const type = crop.from.endsWith('png') ? 'image/png' : 'image/jpeg';
  const source = `data:${type};base64,${readFileSync(samples(crop.from)).toString('base64')}`;
  const jpeg = await page.evaluate(
    async ({ source, crop }) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const [width, height] = [image.width * crop.width, image.height * crop.height];
      const canvas = new OffscreenCanvas(1200, Math.round((1200 * height) / width));
      const [x, y] = [(image.width - width) * crop.x, (image.height - height) * crop.y];
      canvas.getContext('2d')!.drawImage(image, x, y, width, height, 0, 0, canvas.width, canvas.height);
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 })).arrayBuffer());
      let text = '';
      bytes.forEach((byte) => (text += String.fromCharCode(byte)));
      return btoa(text);
    },
    { source, crop },
  );
  const hour = 9 + Math.floor(crop.x * 10);
  return withFacts(Buffer.from(jpeg, 'base64'), `${crop.day.replaceAll('-', ':')} ${String(hour).padStart(2, '0')}:15:00`, crop.title, crop.place);
}

/** Degrees: latitude, longitude. */
type Place = readonly [number, number];

/** Puts EXIF's DateTimeOriginal and place, and XMP's title, into a JPEG. */
export function withFacts(jpeg: Buffer, taken: string, title?: string, place?: Place): Buffer {
  const exif = Buffer.alloc(6 + 8 + 30 + 18 + 20 + 54 + 48);
  exif.write('Exif\0\0', 0, 'latin1');
  const tiff = exif.subarray(6);
  tiff.write('MM\0\x2a', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  directory(tiff, 8, [[0x8769, 4, 1, 38], ...(place ? [[0x8825, 4, 1, 76] as const] : [])]);
  directory(tiff, 38, [[0x9003, 2, 20, 56]]);
  tiff.write(`${taken}\0`, 56, 'latin1');
  if (place) {
    const [latitude, longitude] = place;
    directory(tiff, 76, [
      [1, 2, 2, (latitude < 0 ? 0x53 : 0x4e) << 24],
      [2, 5, 3, 130],
      [3, 2, 2, (longitude < 0 ? 0x57 : 0x45) << 24],
      [4, 5, 3, 154],
    ]);
    degrees(tiff, 130, latitude);
    degrees(tiff, 154, longitude);
  }
  const xmp = `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">${title}</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>`;
  const parts = [jpeg.subarray(0, 2), segment(exif)];
  if (title) {
    parts.push(segment(Buffer.from(xmp)));
  }
  return Buffer.concat([...parts, jpeg.subarray(2)]);
}

/** A TIFF directory without a next one: tag, type, count, value or where it is. */
function directory(buffer: Buffer, at: number, entries: readonly (readonly [number, number, number, number])[]) {
  buffer.writeUInt16BE(entries.length, at);
  entries.forEach(([tag, type, count, value], i) => {
    const entry = at + 2 + 12 * i;
    buffer.writeUInt16BE(tag, entry);
    buffer.writeUInt16BE(type, entry + 2);
    buffer.writeUInt32BE(count, entry + 4);
    buffer.writeUInt32BE(value, entry + 8);
  });
}

/** As degrees, minutes and seconds, of which the seconds say it all. */
function degrees(buffer: Buffer, at: number, value: number) {
  [0, 1, 0, 1, Math.round(Math.abs(value) * 3600 * 100), 100].forEach((number, i) => buffer.writeUInt32BE(number, at + 4 * i));
}

function segment(content: Buffer): Buffer {
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

/** Puts the identifier that a live photo's film shares into a JPEG: EXIF with DateTimeOriginal and the maker's note of an iPhone. */
export function withContentId(jpeg: Buffer, taken: string, id: string): Buffer {
  const exif = Buffer.alloc(6 + 108 + id.length + 1);
  exif.write('Exif\0\0', 0, 'latin1');
  const tiff = exif.subarray(6);
  tiff.write('MM\0\x2a', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  directory(tiff, 8, [[0x8769, 4, 1, 26]]);
  directory(tiff, 26, [
    [0x9003, 2, 20, 56],
    [0x927c, 7, 32 + id.length + 1, 76],
  ]);
  tiff.write(`${taken}\0`, 56, 'latin1');
  const note = tiff.subarray(76);
  note.write('Apple iOS\0\0\x01MM', 0, 'latin1');
  directory(note, 14, [[0x11, 2, id.length + 1, 32]]);
  note.write(`${id}\0`, 32, 'latin1');
  return Buffer.concat([jpeg.subarray(0, 2), segment(exif), jpeg.subarray(2)]);
}
