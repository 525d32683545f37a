/** A part of the earth in degrees (WGS 84); one whose west is east of its east crosses the date line. */
export type Box = { south: number; west: number; north: number; east: number };

export const EARTH: Box = { south: -90, west: -180, north: 90, east: 180 };

/** Of degrees: about a metre. */
const DECIMALS = 5;

const within = (value: number, most: number) => Math.min(most, Math.max(-most, value));

/** A box as it stands in an address: south, west, north, east. */
export function textOf({ south, west, north, east }: Box): string {
  return [south, west, north, east].map((degrees) => Number(degrees.toFixed(DECIMALS))).join(',');
}

/** Nothing if it is no box. */
export function boxOf(text: string): Box | undefined {
  const numbers = text.split(',').map((part) => (part.trim() ? Number(part) : NaN));
  const [south = NaN, west = NaN, north = NaN, east = NaN] = numbers;
  const valid = numbers.length === 4 && south >= -90 && south <= north && north <= 90 && Math.abs(west) <= 180 && Math.abs(east) <= 180;
  return valid ? { south, west, north, east } : undefined;
}

/** Some kilometres around a place. */
export function about(latitude: number, longitude: number): Box {
  const far = 0.05;
  return shownBox(latitude - far, longitude - far, latitude + far, longitude + far);
}

/** What a map shows, whose edges go on beyond 180 degrees where it shows the date line. */
export function shownBox(south: number, west: number, north: number, east: number): Box {
  const turned = (degrees: number) => ((((degrees + 180) % 360) + 360) % 360) - 180;
  return east - west >= 360
    ? { ...EARTH, south: within(south, 90), north: within(north, 90) }
    : { south: within(south, 90), west: turned(west), north: within(north, 90), east: turned(east) };
}

export type Cluster = Box & { count: number; latitude: number; longitude: number };

/** The smallest box that holds all of them. */
export function around(clusters: readonly Cluster[]): Box | undefined {
  return clusters.length === 0
    ? undefined
    : {
        south: Math.min(...clusters.map((one) => one.south)),
        west: Math.min(...clusters.map((one) => one.west)),
        north: Math.max(...clusters.map((one) => one.north)),
        east: Math.max(...clusters.map((one) => one.east)),
      };
}

/**
 * Clusters whose pictures would lie over each other are drawn as one, the largest on top.
 *
 * @param apart pixels between two pictures
 * @param at where on the screen a cluster lies
 */
export function spread<C extends Cluster>(clusters: readonly C[], apart: number, at: (cluster: C) => { x: number; y: number }): C[] {
  const drawn: { cluster: C; x: number; y: number }[] = [];
  for (const cluster of [...clusters].sort((a, b) => b.count - a.count)) {
    const { x, y } = at(cluster);
    const near = drawn.find((other) => Math.hypot(other.x - x, other.y - y) < apart);
    if (near) {
      near.cluster = { ...near.cluster, ...around([near.cluster, cluster]), count: near.cluster.count + cluster.count };
    } else {
      drawn.push({ cluster, x, y });
    }
  }
  return drawn.map(({ cluster }) => cluster);
}
