import type { LinkFragment, LinkInput } from '../api/generated/graphql';

/** It ends when it does now. */
export const AS_NOW = -1;

/** What a form asks of a link. */
export interface Terms {
  title: string;
  /** From now on; 0 for no end, {@link AS_NOW} for the end that it has. */
  days: number;
  /** A new one; empty leaves it as it is. */
  password: string;
  /** Takes the password away. */
  open: boolean;
  download: boolean;
  showPlace: boolean;
  showNames: boolean;
}

export const fresh = (title: string): Terms => ({
  title,
  days: 30,
  password: '',
  open: false,
  download: false,
  showPlace: false,
  showNames: false,
});

/** One whose end is over needs another. */
export const termsOf = ({ title, open, download, showPlace, showNames }: LinkFragment): Terms => ({
  ...fresh(title ?? ''),
  ...(open && { days: AS_NOW }),
  download,
  showPlace,
  showNames,
});

/** @param link which they are to be the terms of, if it is there already */
export function inputOf({ title, days, password, open, ...shown }: Terms, now: number, link?: LinkFragment): LinkInput {
  return {
    ...shown,
    title: title.trim() || null,
    expiresAt: days === AS_NOW ? (link?.expiresAt ?? null) : days > 0 ? new Date(now + days * 86_400_000).toISOString() : null,
    password: open ? '' : password || null,
  };
}
