package dev.memoir.bench;

import dev.memoir.catalog.Cursor;
import dev.memoir.catalog.Filter;
import dev.memoir.catalog.GeoBox;
import dev.memoir.catalog.Library;
import dev.memoir.catalog.Schema;
import dev.memoir.catalog.SyntheticLibrary;
import dev.memoir.media.Claims;
import dev.memoir.media.MediaKind;
import dev.memoir.testkit.TestPostgres;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Pages and searches of a person's library under row security, at growing sizes, with random values each time. */
@Command(name = "sql", description = "Page and search at 10 k, 100 k and 1 M assets, under row security.")
final class Sql implements Callable<Integer> {
    private static final Claims OWNER = new Claims("anna", Set.of(), Map.of());
    private static final int PAGE = 50;
    private static final Instant FIRST = Instant.parse("2006-01-01T00:00:00Z");

    @Option(names = "--sizes", split = ",", defaultValue = "10000,100000,1000000", description = "Library sizes.")
    private List<Integer> sizes;

    @Option(
            names = "--times",
            defaultValue = "200",
            description = "How often each question (default ${DEFAULT-VALUE}).")
    private int times;

    private final Random random = new Random(1);

    private record Question(Filter filter, Optional<Cursor> after) {}

    @Override
    public Integer call() throws SQLException {
        var database = TestPostgres.shared().newDatabase();
        var administrator = new PGSimpleDataSource();
        administrator.setUrl(database.url());
        administrator.setUser(database.user());
        administrator.setPassword(database.password());
        Schema.roles(administrator, "api", "ingest");
        Schema.migrate(administrator);
        System.out.printf(
                "%n| items | question | ms: min / median / p95 / max (n) | p99 ms |%n| --- | --- | --- | --- |%n");
        try (var ingest = pool(database.url(), Schema.INGEST, "ingest");
                var api = pool(database.url(), Schema.API, "api")) {
            int there = 0;
            for (int size : sizes) {
                long start = System.nanoTime();
                SyntheticLibrary.fill(ingest, OWNER.subject(), there, size - there);
                System.err.printf(
                        Locale.ROOT,
                        "filled with %,d items in %.1f s%n",
                        size - there,
                        (System.nanoTime() - start) / 1e9);
                Schema.vacuum(administrator);
                there = size;
                measure(size, api);
            }
        }
        return 0;
    }

    private void measure(int size, DataSource api) {
        var library = Library.over(api);
        questions().forEach((name, question) -> {
            for (int i = 0; i < 20; i++) {
                ask(library, question.apply(random));
            }
            double[] milliseconds = new double[times];
            for (int i = 0; i < times; i++) {
                var asked = question.apply(random);
                long start = System.nanoTime();
                ask(library, asked);
                milliseconds[i] = (System.nanoTime() - start) / 1e6;
            }
            var figures = new Figures(milliseconds);
            System.out.printf(Locale.ROOT, "| %,d | %s | %s | %.1f |%n", size, name, figures, figures.percentile(99));
        });
    }

    private static void ask(Library library, Question question) {
        library.page(OWNER, question.filter(), PAGE, question.after());
    }

    private Map<String, Function<Random, Question>> questions() {
        Map<String, Function<Random, Question>> questions = new LinkedHashMap<>();
        questions.put("newest page", r -> new Question(Filter.NONE, Optional.empty()));
        questions.put("page from anywhere", r -> new Question(Filter.NONE, Optional.of(anywhere(r))));
        questions.put("one label", r -> first(filter(List.of(label(r)), Optional.empty(), none(), none(), Set.of())));
        questions.put(
                "two labels",
                r -> first(filter(List.of(label(r), label(r)), Optional.empty(), none(), none(), Set.of())));
        questions.put(
                "frequent and rare word",
                r -> first(filter(
                        List.of(), Optional.of("label word" + logUniform(r, 20_000)), none(), none(), Set.of())));
        questions.put("year of a label", r -> {
            Instant from = moment(r);
            return first(filter(List.of(label(r)), Optional.empty(), Optional.of(from), none(), Set.of()));
        });
        questions.put(
                "box at home",
                r -> first(filter(
                        List.of(),
                        Optional.empty(),
                        none(),
                        Optional.of(new GeoBox(47.40, 8.56, 47.42, 8.60)),
                        Set.of())));
        questions.put(
                "box of a continent, films",
                r -> first(filter(
                        List.of(),
                        Optional.empty(),
                        none(),
                        Optional.of(new GeoBox(-40, -20, 38, 52)),
                        Set.of(MediaKind.VIDEO))));
        questions.put(
                "label, word, box and span",
                r -> first(filter(
                        List.of(label(r)),
                        Optional.of("img"),
                        Optional.of(moment(r)),
                        Optional.of(new GeoBox(40, 0, 55, 20)),
                        Set.of(MediaKind.IMAGE))));
        hard(questions);
        return questions;
    }

    /** Conditions that are frequent each and hardly ever, or never, met together. */
    private static void hard(Map<String, Function<Random, Question>> questions) {
        questions.put(
                "two frequent words, never together",
                r -> first(filter(List.of(), Optional.of("iphone pixel"), none(), none(), Set.of())));
        questions.put(
                "frequent labels, hardly together",
                r -> first(filter(List.of("label 1", "label 30", "label 2"), none(), none(), none(), Set.of())));
        questions.put(
                "films of a photo's type",
                r -> first(narrowed(Set.of(MediaKind.VIDEO), Set.of("image/heic"), Set.of(), none())));
        questions.put(
                "very frequent word, rare camera, wrong years",
                r -> first(new Filter(
                        Optional.of("img jpg label"),
                        List.of(),
                        none(),
                        Optional.of(Instant.parse("2009-01-01T00:00:00Z")),
                        none(),
                        Set.of(),
                        Set.of(),
                        Set.of("HERO9"),
                        Set.of(2010, 2011, 2012),
                        Set.of(),
                        Set.of(),
                        none(),
                        false)));
        questions.put(
                "frequent label, rare box",
                r -> first(filter(List.of("label 1"), none(), none(), Optional.of(around(r, 0.01)), Set.of())));
        questions.put(
                "frequent word, frequent box, hardly together",
                r -> first(filter(
                        List.of(),
                        Optional.of("word1 word2"),
                        none(),
                        Optional.of(new GeoBox(47.42, 8.59, 47.46, 8.63)),
                        Set.of(MediaKind.IMAGE))));
        questions.put(
                "box of a continent, rare word",
                r -> first(filter(
                        List.of(),
                        Optional.of("word" + (10_000 + r.nextInt(10_000))),
                        none(),
                        Optional.of(new GeoBox(-40, -20, 38, 52)),
                        Set.of())));
        questions.put(
                "flagged films with five stars",
                r -> first(narrowed(
                        Set.of(MediaKind.VIDEO), Set.of(), Set.of(5), Optional.of(Filter.NsfwRange.ONLY_FLAGGED))));
    }

    private static Filter narrowed(
            Set<MediaKind> kinds, Set<String> mediaTypes, Set<Integer> ratings, Optional<Filter.NsfwRange> nsfw) {
        return new Filter(
                none(),
                List.of(),
                none(),
                none(),
                none(),
                kinds,
                mediaTypes,
                Set.of(),
                Set.of(),
                Set.of(),
                ratings,
                nsfw,
                false);
    }

    /** @param size degrees of latitude and longitude, around a random place at home */
    private static GeoBox around(Random random, double size) {
        double south = 47.37 + random.nextDouble() * 0.09;
        double west = 8.54 + random.nextDouble() * 0.09;
        return new GeoBox(south, west, south + size, west + size);
    }

    private static Question first(Filter filter) {
        return new Question(filter, Optional.empty());
    }

    private static <T> Optional<T> none() {
        return Optional.empty();
    }

    /** @param from start of a span of one year */
    private static Filter filter(
            List<String> labels,
            Optional<String> text,
            Optional<Instant> from,
            Optional<GeoBox> box,
            Set<MediaKind> kinds) {
        return new Filter(
                text,
                labels,
                from,
                from.map(start -> start.plus(Duration.ofDays(365))),
                box,
                kinds,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Optional.empty(),
                false);
    }

    private static Cursor anywhere(Random random) {
        return new Cursor(moment(random), new UUID(random.nextLong(), random.nextLong()));
    }

    private static Instant moment(Random random) {
        return FIRST.plus(Duration.ofDays((long) (Math.sqrt(random.nextDouble()) * 7000)));
    }

    private static String label(Random random) {
        return "label " + logUniform(random, 1000);
    }

    /** As {@link SyntheticLibrary} spreads them: small numbers are frequent, large ones rare. */
    private static int logUniform(Random random, int most) {
        return (int) Math.exp(random.nextDouble() * Math.log(most));
    }

    private static AgroalDataSource pool(String url, String user, String password) throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(2)
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(url)
                                .principal(new NamePrincipal(user))
                                .credential(new SimplePassword(password)))));
    }
}
