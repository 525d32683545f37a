package dev.memoir.people;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What somebody decided on people. Never changed and never removed; a later one may undo it. Each is an object of its own in
 * the bucket of originals, {@code .memoir/people/<id>.json}, so that functions may write at once without asking each other.
 *
 * @param id when and a random end: sorts by time, then at random
 * @param at when it was decided, ISO 8601
 * @param by the subject of who decided
 * @param what was decided
 */
public record Decision(String id, String at, String by, What what) {
    /** Under which decisions lie in the bucket of originals. */
    public static final String FOLDER = ".memoir/people/";

    private static final Pattern ID = Pattern.compile("\\d{8}T\\d{6}\\.\\d{9}Z-[0-9a-f]{8}");
    private static final DateTimeFormatter SORTABLE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final JsonMapper JSON = JsonMapper.builder()
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
            .configure(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES, false)
            .build();

    public Decision {
        if (!ID.matcher(id).matches() || what == null) {
            throw new IllegalArgumentException("not a decision: " + id);
        }
    }

    /** @param random makes the id unique among those of the same moment */
    public static Decision of(Instant at, UUID random, String by, What what) {
        String id = SORTABLE.format(at) + "-" + random.toString().substring(0, 8);
        return new Decision(id, at.toString(), by, what);
    }

    /** Where it lies in the bucket of originals. */
    public String key() {
        return FOLDER + id + ".json";
    }

    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a decision can't be written as JSON", e);
        }
    }

    /** @throws IllegalArgumentException when the text is no decision that this version knows */
    public static Decision read(String json) {
        try {
            return JSON.readValue(json, Decision.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a decision on people: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * As it lies in the bucket of originals. A decision bears the name of its key; what does not is somebody else's file.
     *
     * @throws IllegalArgumentException when it is no decision that this version knows
     */
    public static Decision read(String key, byte[] content) {
        Decision decision = read(new String(content, StandardCharsets.UTF_8));
        if (!decision.key().equals(key)) {
            throw new IllegalArgumentException("not a decision on people: its id is " + decision.id());
        }
        return decision;
    }

    /** Each names the faces that it was about: they are known from then on. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Name.class, name = "name"),
        @JsonSubTypes.Type(value = Merge.class, name = "merge"),
        @JsonSubTypes.Type(value = Move.class, name = "move"),
        @JsonSubTypes.Type(value = Reject.class, name = "reject"),
        @JsonSubTypes.Type(value = Hide.class, name = "hide"),
        @JsonSubTypes.Type(value = Cover.class, name = "cover"),
        @JsonSubTypes.Type(value = Apart.class, name = "apart"),
        @JsonSubTypes.Type(value = Forget.class, name = "forget"),
        @JsonSubTypes.Type(value = Undo.class, name = "undo")
    })
    public sealed interface What {
        /** Whom it names; what takes another decision back names nobody itself. */
        default Stream<UUID> people() {
            return switch (this) {
                case Name name -> Stream.of(name.person());
                case Merge merge -> Stream.of(merge.into(), merge.person());
                case Move move -> Stream.concat(move.former().stream(), Stream.of(move.to()));
                case Reject reject -> Stream.of(reject.person());
                case Hide hide -> Stream.of(hide.person());
                case Cover cover -> Stream.of(cover.person());
                case Apart apart -> Stream.of(apart.person(), apart.other());
                case Forget forget -> Stream.of(forget.person());
                case Undo _ -> Stream.empty();
            };
        }
    }

    /**
     * The person is called so.
     *
     * @param name empty to take the name away
     */
    public record Name(UUID person, String name, List<FaceRef> faces) implements What {}

    /**
     * Two are one: who was taken for {@code person} is {@code into}.
     *
     * @param faces of the former
     * @param intoFaces of the latter
     */
    public record Merge(UUID person, UUID into, List<FaceRef> faces, List<FaceRef> intoFaces) implements What {}

    /**
     * These faces are that person's.
     *
     * @param to may be new
     * @param from whose they were taken for; null when nobody's
     * @param staying faces that remain the former person's, whom nobody spoke on before
     */
    public record Move(List<FaceRef> faces, UUID to, UUID from, List<FaceRef> staying) implements What {
        public Optional<UUID> former() {
            return Optional.ofNullable(from);
        }
    }

    /**
     * These faces are not that person's.
     *
     * @param staying faces that remain the person's, whom nobody spoke on before
     */
    public record Reject(List<FaceRef> faces, UUID person, List<FaceRef> staying) implements What {}

    /** The person is left out of lists, or no longer. */
    public record Hide(UUID person, boolean hidden, List<FaceRef> faces) implements What {}

    /** The face by which the person is shown. */
    public record Cover(UUID person, FaceRef face) implements What {}

    /** Two that look alike are not one. */
    public record Apart(UUID person, UUID other, List<FaceRef> faces, List<FaceRef> otherFaces) implements What {}

    /**
     * The person is not to be recognised: what the faces look like is erased, and no face is looked for at their places.
     *
     * @param follows the id of the earlier one whose other faces, out of its maker's sight, these are: both are undone as
     *     one; null for one that somebody decided
     */
    public record Forget(UUID person, List<FaceRef> faces, String follows) implements What {
        public Optional<String> earlier() {
            return Optional.ofNullable(follows);
        }
    }

    /**
     * An earlier decision does not hold; when that was an undoing, what it undid holds again.
     *
     * @param decision its id
     */
    public record Undo(String decision) implements What {}
}
