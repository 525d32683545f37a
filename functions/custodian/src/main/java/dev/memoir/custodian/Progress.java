package dev.memoir.custodian;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * How far a sweep came and what it found, kept in the catalog so that the next one goes on from there.
 *
 * @param startedAt ISO 8601
 * @param phase what is being compared
 * @param after the key or asset up to which everything is done in that phase
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Progress(String startedAt, Phase phase, String after, Tally tally) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An older one says too little of what changed since; the sweep begins anew. */
    private static final Duration GOOD_FOR = Duration.ofHours(24);

    /** What is compared, in this order. */
    enum Phase {
        /** The bucket's listing with the rows. */
        OBJECTS,
        /** Assets described by older code. */
        PIPELINE,
        /** Assets with the renditions in the derived bucket. */
        RENDITIONS,
        /** Assets with the current models. */
        ANALYSES
    }

    /**
     * @param objects keys of originals seen in the bucket
     * @param emitted events put in the queue
     * @param gone rows of keys that hold nothing any more
     * @param refused keys that Memoir does not address
     */
    record Tally(
            long objects,
            long emitted,
            long gone,
            long refused,
            long olderPipeline,
            long renditionsMissing,
            long notAnalysed) {
        static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0);
    }

    static Progress begin(Instant now) {
        return new Progress(now.toString(), Phase.OBJECTS, "", Tally.NONE);
    }

    Progress at(Phase newPhase, String newAfter, Tally newTally) {
        return new Progress(startedAt, newPhase, newAfter, newTally);
    }

    String write() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of ours can't be written as JSON", e);
        }
    }

    /** A note that can't be read is as good as none. */
    static Optional<Progress> read(String note, Instant now) {
        try {
            Progress read = JSON.readValue(note, Progress.class);
            boolean good = Instant.parse(read.startedAt()).plus(GOOD_FOR).isAfter(now);
            return good ? Optional.of(read) : Optional.empty();
        } catch (JsonProcessingException | DateTimeParseException | NullPointerException e) {
            return Optional.empty();
        }
    }
}
