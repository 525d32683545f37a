import { dayOf, type Day } from './days';

/** What a layout needs to know of a picture. */
export type Shape = {
  width?: number | null;
  height?: number | null;
  /** Degrees clockwise by which it is shown turned; width and height are those before. */
  rotation?: number;
  takenAtLocal?: string | null;
  sortTime: string;
};

/** Whether what was as wide as it is high before is shown the other way round. */
export const isAcross = ({ rotation = 0 }: { rotation?: number }) => rotation % 180 !== 0;

/** Pixels. Boxes are in the order of the pictures. */
export type Box = { x: number; y: number; width: number; height: number };

/** The heading of a day and where its pictures begin. */
export type Section = { day: Day; x: number; y: number; width: number; first: number; count: number };

export type Layout = { boxes: Box[]; sections: Section[]; height: number };

export type Measures = { width: number; row: number; gap: number; heading: number };

/** Between days that share a row. */
const APART = 20;
/** A row may grow so much beyond its height to fill the width; else it ends early. */
const STRETCH = 1.2;
const NARROWEST = 0.5;
const WIDEST = 3;
/** A heading needs so much room. */
const HEADING_WIDTH = 168;

export function ratio(shape: Shape): number {
  const [width, height] = isAcross(shape) ? [shape.height, shape.width] : [shape.width, shape.height];
  return width && height ? Math.min(WIDEST, Math.max(NARROWEST, width / height)) : 1;
}

/** Rows of equal height that fill the width, day by day; short days share a row. */
export function justify(shapes: readonly Shape[], measures: Measures): Layout {
  const layout: Layout = { boxes: [], sections: [], height: 0 };
  let y = 0;
  let x = 0;
  for (let first = 0; first < shapes.length; ) {
    const day = dayOf(shapes[first]!);
    let end = first + 1;
    while (end < shapes.length && dayOf(shapes[end]!) === day) {
      end++;
    }
    const ratios = shapes.slice(first, end).map(ratio);
    const wide = natural(ratios, measures);
    const needed = Math.min(measures.width, Math.max(wide, Math.min(HEADING_WIDTH, measures.width)));
    const fits = x > 0 && wide <= measures.width && x + needed <= measures.width;
    if (!fits && x > 0) {
      y += measures.heading + measures.row + measures.gap;
      x = 0;
    }
    const section = { day, x, y, width: needed, first, count: end - first };
    layout.sections.push(section);
    if (wide <= measures.width) {
      line(layout.boxes, ratios, x, y + measures.heading, measures.row, measures.gap, Infinity);
      x += needed + APART;
    } else {
      y = rows(layout.boxes, ratios, y + measures.heading, measures);
      x = 0;
    }
    first = end;
  }
  layout.height = x > 0 ? y + measures.heading + measures.row + measures.gap : y;
  return layout;
}

function natural(ratios: readonly number[], { row, gap }: Measures): number {
  return ratios.reduce((sum, r) => sum + r * row, 0) + gap * (ratios.length - 1);
}

/** Fills row after row; the last keeps its height and ends where it ends. */
function rows(boxes: Box[], ratios: readonly number[], top: number, measures: Measures): number {
  const { width, row, gap } = measures;
  let y = top;
  let begin = 0;
  let sum = 0;
  for (let i = 0; i < ratios.length; i++) {
    sum += ratios[i]!;
    const count = i - begin + 1;
    const height = (width - gap * (count - 1)) / sum;
    if (height <= row) {
      line(boxes, ratios.slice(begin, i + 1), 0, y, height, gap, width);
      y += height + gap;
      begin = i + 1;
      sum = 0;
    }
  }
  if (begin < ratios.length) {
    const rest = ratios.slice(begin);
    const full = (width - gap * (rest.length - 1)) / sum;
    const height = full <= row * STRETCH ? full : row;
    line(boxes, rest, 0, y, height, gap, full <= row * STRETCH ? width : Infinity);
    y += height + gap;
  }
  return y;
}

function line(boxes: Box[], ratios: readonly number[], left: number, y: number, height: number, gap: number, end: number) {
  let x = left;
  ratios.forEach((r, i) => {
    // The last ends exactly at the edge, whatever was rounded.
    const width = i === ratios.length - 1 && end !== Infinity ? end - x : r * height;
    boxes.push({ x, y, width, height });
    x += width + gap;
  });
}
