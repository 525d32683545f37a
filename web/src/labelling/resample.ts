/** A picture, 8 bits for each of its channels: red, green and blue, without gaps. */
export type Pixels = { values: Uint8Array | Uint8ClampedArray; width: number; height: number };

/** Keys' cubic with a = -0.5. */
const cubic = (x: number) => (x < 1 ? (1.5 * x - 2.5) * x * x + 1 : x < 2 ? (((x - 5) * x + 8) * x - 4) * -0.5 : 0);

const SUPPORT = 2;
/** Weights are fixed-point numbers with so many bits after the point. */
const PRECISION = 22;
const HALF = 1 << (PRECISION - 1);

type Kernel = { first: Int32Array; count: Int32Array; most: number; weights: Int32Array };

/** Scales a picture as Pillow does (bicubic), to the bit, and so as the server prepares pictures for its models. */
export function resize(source: Pixels, width: number, height: number): Pixels {
  const narrowed = source.width === width ? source : alongRows(source, kernel(source.width, width));
  return source.height === height ? narrowed : alongColumns(narrowed, kernel(source.height, height));
}

function alongRows({ values, width, height }: Pixels, { first, count, most, weights }: Kernel): Pixels {
  const to = first.length;
  const target = new Uint8ClampedArray(3 * to * height);
  for (let y = 0, out = 0; y < height; y++) {
    for (let x = 0; x < to; x++) {
      let [red, green, blue] = [HALF, HALF, HALF];
      let pixel = 3 * (y * width + first[x]!);
      for (let k = x * most, end = k + count[x]!; k < end; k++, pixel += 3) {
        const weight = weights[k]!;
        red += weight * values[pixel]!;
        green += weight * values[pixel + 1]!;
        blue += weight * values[pixel + 2]!;
      }
      target[out++] = red >> PRECISION;
      target[out++] = green >> PRECISION;
      target[out++] = blue >> PRECISION;
    }
  }
  return { values: target, width: to, height };
}

function alongColumns({ values, width }: Pixels, { first, count, most, weights }: Kernel): Pixels {
  const row = 3 * width;
  const to = first.length;
  const target = new Uint8ClampedArray(row * to);
  for (let y = 0; y < to; y++) {
    for (let x = 0; x < row; x++) {
      let sum = HALF;
      for (let k = 0; k < count[y]!; k++) {
        sum += weights[y * most + k]! * values[(first[y]! + k) * row + x]!;
      }
      target[y * row + x] = sum >> PRECISION;
    }
  }
  return { values: target, width, height: to };
}

/** For each new pixel the source pixels that count, and how much each of them does. */
function kernel(from: number, to: number): Kernel {
  const scale = from / to;
  const stretch = Math.max(scale, 1);
  const support = SUPPORT * stretch;
  const most = Math.ceil(support) * 2 + 1;
  const made = { first: new Int32Array(to), count: new Int32Array(to), most, weights: new Int32Array(to * most) };
  const row = new Float64Array(most);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale;
    const first = Math.max(Math.trunc(centre - support + 0.5), 0);
    const count = Math.min(Math.trunc(centre + support + 0.5), from) - first;
    let sum = 0;
    for (let k = 0; k < count; k++) {
      row[k] = cubic(Math.abs((k + first - centre + 0.5) * (1 / stretch)));
      sum += row[k]!;
    }
    for (let k = 0; k < count; k++) {
      const weight = sum === 0 ? row[k]! : row[k]! / sum;
      made.weights[i * most + k] = Math.trunc(weight * (1 << PRECISION) + (weight < 0 ? -0.5 : 0.5));
    }
    made.first[i] = first;
    made.count[i] = count;
  }
  return made;
}
