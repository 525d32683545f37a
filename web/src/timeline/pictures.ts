import type { Timeline } from './timeline.svelte';

/** Pictures by number: a timeline, or another order of some. */
export type Pictures = Pick<Timeline, 'count' | 'at' | 'peek' | 'find' | 'changed' | 'refresh' | 'open' | 'close' | 'state' | 'failure' | 'version'>;
