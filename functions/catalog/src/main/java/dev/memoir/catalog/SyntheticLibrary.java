package dev.memoir.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * Fills a catalog with made-up items, for measuring: the same rows, terms and counts that as many arrivals and analyses
 * would leave, without bytes behind them. Values are spread as in real libraries: a few labels, words and places are very
 * frequent and most are rare. The same arguments give the same rows, but for the keys of objects.
 */
public final class SyntheticLibrary {
    /** Items per transaction: bounds the memory that the database needs. */
    private static final int SLICE = 200_000;

    private SyntheticLibrary() {}

    /**
     * Adds items to an owner's library. Call {@link Schema#vacuum} afterwards, as the custodian would.
     *
     * @param ingest logs in as {@link Schema#INGEST}
     * @param from number of the first item; numbers that are there already must not come again
     * @param items how many
     */
    public static void fill(DataSource ingest, String owner, int from, int items) {
        Jdbi jdbi = Jdbi.create(ingest);
        String[] statements = script().split(";\\s*\n");
        for (int start = from; start < from + items; start += SLICE) {
            int first = start;
            int last = Math.min(start + SLICE, from + items) - 1;
            jdbi.useTransaction(handle -> {
                for (String statement : statements) {
                    handle.createUpdate(statement)
                            .define("first", first)
                            .define("last", last)
                            .define("period", Slot.PERIOD.toSeconds())
                            .define("blocks", Slot.MOST_BLOCKS)
                            .define("slots", Slot.SLOTS)
                            .define("owner", "'" + owner.replace("'", "''") + "'")
                            .execute();
                }
            });
        }
    }

    private static String script() {
        try (InputStream sql = SyntheticLibrary.class.getResourceAsStream("synthetic-library.sql")) {
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
