package dev.memoir.api.login;

import dev.memoir.catalog.StorageLibrary;
import dev.memoir.house.HouseRefusal;
import dev.memoir.house.Household;
import dev.memoir.house.Invitation;
import dev.memoir.house.Rights;
import dev.memoir.house.User;
import dev.memoir.identity.BearerVerifier;
import dev.memoir.identity.HouseTokens;
import dev.memoir.identity.InvalidToken;
import dev.memoir.identity.TokenKeys;
import dev.memoir.media.Claims;
import dev.memoir.media.Quota;
import dev.memoir.store.MediaStore;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The people of this house, for its administrators. The edge hands these on with the bearer of whoever asks, which is
 * checked here again, and so is whether their document says that they administer still. Nobody's pictures are reached by it.
 */
@ApplicationScoped
public class PeopleRoutes {
    private static final String PEOPLE = "/administration/people";
    private static final int CHANGES = 200;

    /** What of the house's keys is needed, read once. */
    private record Keys(BearerVerifier bearers, HouseTokens tokens) {
        private static Keys in(Path folder) {
            try {
                TokenKeys pair = TokenKeys.in(folder);
                return new Keys(
                        BearerVerifier.of(pair.publicJwks(), HouseTokens.ISSUER, HouseTokens.BEARERS),
                        new HouseTokens(pair));
            } catch (IOException e) {
                throw new UncheckedIOException("the house's keys can't be read: " + e.getMessage(), e);
            }
        }
    }

    /** One change of rights at a time, so that of two administrators not each removes the other. */
    private final Object oneAtATime = new Object();

    private final Optional<String> folder;
    private final String defaultOwner;
    private final MediaStore store;
    private final StorageLibrary storage;
    private volatile Keys keys;

    public PeopleRoutes(
            @ConfigProperty(name = "memoir.house.keys") Optional<String> folder,
            @ConfigProperty(name = "memoir.default.owner", defaultValue = "home") String defaultOwner,
            MediaStore store,
            StorageLibrary storage) {
        this.folder = folder;
        this.defaultOwner = defaultOwner;
        this.store = store;
        this.storage = storage;
    }

    /** What one call answers. */
    private interface Call {
        JsonObject answer(Household household, JsonObject asked, Claims by);
    }

    void routes(@Observes Router router) {
        if (folder.isEmpty()) {
            return;
        }
        route(router, HttpMethod.GET, "", (household, nothing, by) -> people(household, by));
        route(router, HttpMethod.GET, "/changes", (household, nothing, by) -> changes(household));
        route(router, HttpMethod.POST, "/invite", (household, asked, by) -> {
            Rights none = new Rights(new TreeSet<>(), new TreeMap<>());
            return ticket(household.invite(name(asked), rights(none, asked)));
        });
        route(
                router,
                HttpMethod.POST,
                "/reset",
                (household, asked, by) -> ticket(household.reset(LoginRoutes.text(asked, "name"))));
        route(router, HttpMethod.POST, "/rights", (household, asked, by) -> {
            User user = household.user(LoginRoutes.text(asked, "name"));
            return person(household.give(user.name(), rights(user.rights(), asked)));
        });
        route(router, HttpMethod.POST, "/quota", (household, asked, by) -> {
            User user = household.user(LoginRoutes.text(asked, "name"));
            return person(household.give(user.name(), user.rights().with(quota(LoginRoutes.text(asked, "quota")))));
        });
        route(router, HttpMethod.POST, "/remove", (household, asked, by) -> {
            household.remove(LoginRoutes.text(asked, "name"));
            return new JsonObject();
        });
    }

    private void route(Router router, HttpMethod method, String path, Call call) {
        LoginRoutes.serve(router, method, PEOPLE + path, context -> answer(context, call));
    }

    private void answer(RoutingContext context, Call call) {
        Optional<Claims> administrator = bearer(context);
        if (administrator.isEmpty()) {
            LoginRoutes.refuse(context, 404, "NOT_FOUND", "not found");
            return;
        }
        Claims by = administrator.get();
        Household household = new Household(store.documents(), Set.of(defaultOwner), by.subject(), Clock.systemUTC());
        JsonObject said;
        synchronized (oneAtATime) {
            if (!administers(household, by.subject())) {
                LoginRoutes.refuse(context, 404, "NOT_FOUND", "not found");
                return;
            }
            said = call.answer(household, LoginRoutes.body(context), by);
        }
        LoginRoutes.json(context, 200, said);
    }

    private Optional<Claims> bearer(RoutingContext context) {
        String token = context.request().getHeader(HouseTokens.ADMINISTRATOR);
        try {
            return token == null
                    ? Optional.empty()
                    : Optional.of(keys().bearers().verify(token))
                            .filter(claims -> claims.groups().contains(Claims.ADMINISTRATORS));
        } catch (InvalidToken e) {
            return Optional.empty();
        }
    }

    /** A token is a quarter of an hour old at most, but who lost the right lost it at once. */
    private static boolean administers(Household household, String name) {
        try {
            return household.user(name).rights().administers();
        } catch (HouseRefusal unknown) {
            return false;
        }
    }

    private JsonObject people(Household household, Claims by) {
        Map<String, StorageLibrary.Stored> stored = storage.stored(by);
        JsonArray people = new JsonArray();
        household.users().forEach(user -> people.add(kept(person(user), stored.get(user.name()))));
        return new JsonObject().put("people", people).put("family", kept(new JsonObject(), stored.get(defaultOwner)));
    }

    private static JsonObject kept(JsonObject whose, StorageLibrary.Stored stored) {
        StorageLibrary.Stored known = stored == null ? StorageLibrary.Stored.NOTHING : stored;
        return whose.put("assets", known.assets()).put("bytes", known.bytes());
    }

    /** An empty text is none. */
    private static Optional<Quota> quota(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(Quota.of(text));
        } catch (IllegalArgumentException e) {
            throw new LoginRoutes.BadBody("quota: " + e.getMessage());
        }
    }

    private static JsonObject person(User user) {
        JsonObject person = new JsonObject()
                .put("name", user.name())
                .put("family", user.rights().groups().contains(Rights.FAMILY))
                .put("adult", user.rights().adult())
                .put("administrator", user.rights().administers())
                .put("sessions", user.sessions().size())
                .put("createdAt", user.createdAt().toString());
        user.rights().quota().ifPresent(quota -> person.put("quota", quota.bytes()));
        return person;
    }

    private static JsonObject changes(Household household) {
        JsonArray changes = new JsonArray();
        for (Household.Change change : household.changes(CHANGES)) {
            changes.add(new JsonObject()
                    .put("at", change.at().toString())
                    .put("by", change.by())
                    .put("what", change.what())
                    .put("whom", change.whom())
                    .put("groups", new JsonArray(change.groups()))
                    .put("attributes", new JsonArray(change.attributes())));
        }
        return new JsonObject().put("changes", changes);
    }

    /** What a page makes a link of. */
    private JsonObject ticket(Invitation invitation) {
        return new JsonObject()
                .put("ticket", keys().tokens().ticket(invitation.id(), Household.INVITATION))
                .put("expiresAt", invitation.expiresAt().toString());
    }

    private static Optional<String> name(JsonObject asked) {
        return asked.containsKey("name") ? Optional.of(LoginRoutes.text(asked, "name")) : Optional.empty();
    }

    private static Rights rights(Rights before, JsonObject asked) {
        return before.with(
                LoginRoutes.flag(asked, "family"),
                LoginRoutes.flag(asked, "adult"),
                LoginRoutes.flag(asked, "administrator"));
    }

    private Keys keys() {
        if (keys == null) {
            keys = Keys.in(Path.of(folder.orElseThrow()));
        }
        return keys;
    }
}
