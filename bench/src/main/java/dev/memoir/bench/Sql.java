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
                SyntheticLibrary.fill(ingest, OWNER.subject(), there, size - there);
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
        return questions;
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
