package dev.memoir.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.memoir.media.Claims;
import java.util.TreeSet;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Transactions that carry somebody's claims, by which row security decides what they see. */
final class Claimed {
    private static final JsonMapper JSON = new JsonMapper();

    private Claimed() {}

    /**
     * The claims last as long as the transaction, so a pooled connection never carries them to somebody else.
     *
     * @param household who owns what belongs to all of the family
     */
    static <T> T as(Jdbi jdbi, Claims who, String household, Function<Handle, T> work) {
        return jdbi.inTransaction(handle -> {
            handle.createQuery("SELECT set_config('memoir.subject', :subject, true),"
                            + " set_config('memoir.household', :household, true),"
                            + " set_config('memoir.groups', :groups, true),"
                            + " set_config('memoir.attributes', :attributes, true)")
                    .bind("subject", who.subject())
                    .bind("household", household)
                    .bind("groups", json(new TreeSet<>(who.groups())))
                    .bind("attributes", json(who.attributes()))
                    .map((row, context) -> row.getString(1))
                    .one();
            return work.apply(handle);
        });
    }

    /** Of a link's guest: in the guests' role and with nobody's claims, so that nothing is seen but through the link. */
    static <T> T asGuest(Jdbi jdbi, String link, int epoch, Function<Handle, T> work) {
        return jdbi.inTransaction(handle -> {
            handle.execute("SET LOCAL ROLE " + Schema.GUEST);
            handle.createQuery("SELECT set_config('memoir.link', :link, true),"
                            + " set_config('memoir.link_epoch', :epoch, true)")
                    .bind("link", link)
                    .bind("epoch", Integer.toString(epoch))
                    .map((row, context) -> row.getString(1))
                    .one();
            return work.apply(handle);
        });
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("claims can't be written as JSON", e);
        }
    }
}
