package dev.memoir.api.share;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One range of bytes that is asked for (RFC 9110, section 14).
 *
 * @param from the first byte, from 0
 */
record ByteRange(long from, long length) {
    /** More is not given at once: whoever plays a film asks for the next part. */
    static final long MOST = 4L << 20;

    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** What a header may ask for. */
    sealed interface Asked {
        /** Nothing that is understood: then all is given. */
        record All() implements Asked {}

        record Part(ByteRange range) implements Asked {}

        /** What is not there. */
        record Beyond() implements Asked {}
    }

    static Asked of(Optional<String> header, long size) {
        Matcher asked = ONE.matcher(header.orElse(""));
        if (!asked.matches() || asked.group(1).isEmpty() && asked.group(2).isEmpty()) {
            return new Asked.All();
        }
        long from;
        long end;
        if (asked.group(1).isEmpty()) {
            from = Math.max(0, size - Long.parseLong(asked.group(2)));
            end = size - 1;
        } else {
            from = Long.parseLong(asked.group(1));
            end = asked.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(asked.group(2)));
        }
        if (from >= size || end < from) {
            return new Asked.Beyond();
        }
        return new Asked.Part(new ByteRange(from, Math.min(MOST, end - from + 1)));
    }

    /** The header that says which bytes these are. */
    String contentRange(long size) {
        return "bytes " + from + "-" + (from + length - 1) + "/" + size;
    }
}
