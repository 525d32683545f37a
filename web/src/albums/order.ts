type Known = { id: string };

/**
 * The list with some of it put before another, in the order that they have; the same list where nothing changes.
 *
 * @param before none, or one of those that are moved: at the end, or before the next that isn't moved
 */
export function moved<T extends Known>(all: readonly T[], ids: ReadonlySet<string>, before: string | undefined): readonly T[] {
  const target = firstStaying(all, ids, before);
  const some = all.filter(({ id }) => ids.has(id));
  const others = all.filter(({ id }) => !ids.has(id));
  const at = target === undefined ? others.length : others.findIndex(({ id }) => id === target);
  const next = [...others.slice(0, at), ...some, ...others.slice(at)];
  return next.every((one, i) => one === all[i]) ? all : next;
}

/** Where a place that is itself moved means the next that stays. */
export function firstStaying(all: readonly Known[], ids: ReadonlySet<string>, before: string | undefined): string | undefined {
  const from = before === undefined ? -1 : all.findIndex(({ id }) => id === before);
  return from < 0 ? undefined : all.slice(from).find(({ id }) => !ids.has(id))?.id;
}

/** Before which picture those stand that are one step earlier or later, or at an end. */
export function step(all: readonly Known[], ids: ReadonlySet<string>, where: 'first' | 'earlier' | 'later' | 'last'): string | undefined {
  const staying = all.filter(({ id }) => !ids.has(id));
  if (where === 'first') {
    return staying[0]?.id;
  }
  if (where === 'last') {
    return undefined;
  }
  const first = all.findIndex(({ id }) => ids.has(id));
  const before = staying.filter((one) => all.indexOf(one) < first).length;
  return staying[where === 'earlier' ? Math.max(0, before - 1) : before + 1]?.id;
}
