import type { AssetQuery } from '../api/generated/graphql';

type Detection = NonNullable<AssetQuery['asset']>['detections'][number];

export type Thing = { name: string; confidence: number; count: number };

/** Kinds of things, the surest first: how sure the surest of a kind is, and how many there are. */
export function seen(detections: readonly Detection[]): Thing[] {
  const kinds = new Map<string, Thing>();
  for (const { name, confidence } of detections) {
    const known = kinds.get(name) ?? { name, confidence, count: 0 };
    kinds.set(name, { name, confidence: Math.max(known.confidence, confidence), count: known.count + 1 });
  }
  return [...kinds.values()].sort((a, b) => b.confidence - a.confidence);
}

/** Those of a kind that are seen in the picture itself: what is in another frame of a film has no place in this one. */
export function shown(detections: readonly Detection[], name: string | undefined): Detection[] {
  return detections.filter((detection) => detection.name === name && detection.frame === 0);
}
