package dev.memoir.media.access;

import java.util.Comparator;

/** Whom something is given to: one person, or whoever is in a group. */
public record Grantee(GranteeKind kind, String name) implements Comparable<Grantee> {
    private static final String SUBJECT = "s:";
    private static final String GROUP = "g:";
    private static final Comparator<Grantee> ORDER = Comparator.comparing(Grantee::text);

    public Grantee {
        if (name.isBlank()) {
            throw new IllegalArgumentException("somebody without a name can't be given anything");
        }
    }

    public static Grantee subject(String name) {
        return new Grantee(GranteeKind.SUBJECT, name);
    }

    public static Grantee group(String name) {
        return new Grantee(GranteeKind.GROUP, name);
    }

    /** As rows have it: {@code s:ann}, {@code g:family}. */
    public String text() {
        return (kind == GranteeKind.SUBJECT ? SUBJECT : GROUP) + name;
    }

    /** @param text as {@link #text()} gave it */
    public static Grantee parse(String text) {
        if (text.startsWith(SUBJECT)) {
            return subject(text.substring(SUBJECT.length()));
        }
        if (text.startsWith(GROUP)) {
            return group(text.substring(GROUP.length()));
        }
        throw new IllegalArgumentException("not a grantee: " + text);
    }

    @Override
    public int compareTo(Grantee other) {
        return ORDER.compare(this, other);
    }
}
