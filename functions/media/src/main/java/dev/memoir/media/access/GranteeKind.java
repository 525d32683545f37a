package dev.memoir.media.access;

/** What a grantee's name is of. */
public enum GranteeKind {
    /** The subject of a person's claims. */
    SUBJECT,
    /** Everybody who is in it. */
    GROUP
}
