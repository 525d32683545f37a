package dev.memoir.catalog;

import dev.memoir.media.AssetState;
import dev.memoir.media.Facts;
import dev.memoir.media.GeoPoint;
import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import dev.memoir.media.TakenAt;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Arrivals as the postprocessor would report them. */
final class Samples {
    static final Instant UPLOADED = Instant.parse("2026-03-01T10:00:00Z");

    private Samples() {}

    /** The hash of content that is this text. */
    static Sha256 content(String text) {
        try {
            return Sha256.of(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A photo with every fact there is. */
    static Facts holiday() {
        return new Facts(
                "image/jpeg",
                Optional.of(4032),
                Optional.of(3024),
                Optional.of(6),
                Optional.empty(),
                Optional.of(new TakenAt(
                        LocalDateTime.parse("2024-07-14T18:30:05.123456"),
                        Optional.of(ZoneOffset.ofHours(2)),
                        TakenAt.Source.OFFSET_TAG)),
                Optional.of(new GeoPoint(43.7102, 7.2620, Optional.of(12.5))),
                new Facts.Camera(Optional.of("Apple"), Optional.of("iPhone 15 Pro"), Optional.of("back camera 6.8mm")),
                new Facts.Exposure(
                        Optional.of(0.001), Optional.of(1.78), Optional.of(6.8), Optional.of(24), Optional.of(80)),
                Optional.of(4),
                Optional.of("Évening in Nice"),
                Optional.of("The promenade after the rain"),
                List.of("holiday", "sea"),
                Optional.of("F00D-CAFE"),
                Map.of("Exif IFD0", Map.of("Make", "Apple")));
    }

    static Description described(Facts facts) {
        return new Description(
                facts,
                AssetState.READY,
                Optional.empty(),
                EnumSet.allOf(Rendition.class),
                Optional.of(new byte[] {1, 2, 3}),
                1);
    }

    static Arrival arrival(String owner, String key, String content, Facts facts) {
        return version(owner, key, "v-" + content, content, Optional.of(described(facts)));
    }

    static Arrival copy(String owner, String key, String content) {
        return version(owner, key, "v-" + content, content, Optional.empty());
    }

    static Arrival version(
            String owner, String key, String version, String content, Optional<Description> description) {
        return new Arrival(
                "originals",
                key,
                Optional.of(version),
                "etag-" + content,
                1_000,
                UPLOADED,
                owner,
                content(content),
                description);
    }
}
