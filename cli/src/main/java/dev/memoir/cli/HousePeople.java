package dev.memoir.cli;

import dev.memoir.house.ApiKeys;
import dev.memoir.house.Household;
import dev.memoir.house.Invitation;
import dev.memoir.house.Rights;
import dev.memoir.house.User;
import dev.memoir.identity.HouseTokens;
import dev.memoir.identity.KeyTokens;
import dev.memoir.identity.TokenKeys;
import dev.memoir.media.Scope;
import dev.memoir.store.MediaStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The people of a running house, changed in the bucket by the library's own key. Wakes nothing. */
final class HousePeople implements AutoCloseable {
    /** Whom notes of changes name. */
    static final String BY = "command line";

    private final Installation installation;
    private final RunnerFile runner;
    private final MediaStore store;
    private final Household household;

    private HousePeople(Installation installation, RunnerFile runner) {
        this.installation = installation;
        this.runner = runner;
        this.store = StoreKey.read(installation, "store").open(runner);
        this.household = new Household(store.documents(), Set.of(runner.owner()), BY, Clock.systemUTC());
    }

    static HousePeople of(Installation installation, RunnerFile runner) {
        return new HousePeople(installation, runner);
    }

    /** @throws Failure when people log in elsewhere */
    static <T> T with(Memoir memoir, Function<HousePeople, T> work) {
        RunnerFile runner = memoir.runner().runner();
        if (!runner.house()) {
            throw Failure.cannot(
                    "This Memoir has no people of its own: they log in at the issuer that identity.issuer names.",
                    "Add and remove them there.");
        }
        try (HousePeople people = new HousePeople(memoir.installation(), runner)) {
            return work.apply(people);
        }
    }

    /** For whom the house knows with the rights they have there; for others as somebody of the family. */
    static String token(Memoir memoir, String user, Duration validity, Scope scope) {
        RunnerClient runner = memoir.runner();
        if (!runner.runner().house() || user.equals(runner.runner().owner())) {
            return runner.token(user, validity, Optional.empty(), scope);
        }
        try (HousePeople people = of(memoir.installation(), runner.runner())) {
            return runner.token(user, validity, people.rights(user), scope);
        }
    }

    /** Who owns what belongs to all. */
    String owner() {
        return runner.owner();
    }

    Household household() {
        return household;
    }

    ApiKeys keys() {
        return new ApiKeys(store.documents(), Set.of(runner.owner()), Clock.systemUTC());
    }

    /** Made by the secret that edge and API share. */
    KeyTokens.Fresh freshKey() {
        return new KeyTokens(StoreKey.read(installation, "delivery")
                        .json()
                        .path("token")
                        .asText())
                .fresh();
    }

    /** The link by which the house is set up; empty when it is. */
    Optional<String> welcome() {
        return household.first().map(first -> link("welcome", first));
    }

    String invitation(Invitation invitation) {
        return link("invitation", invitation);
    }

    private String link(String page, Invitation invitation) {
        try {
            String ticket =
                    new HouseTokens(TokenKeys.in(installation.secrets())).ticket(invitation.id(), Household.INVITATION);
            return runner.address() + "/#/" + page + "?ticket=" + ticket;
        } catch (IOException e) {
            throw Failure.cannot(
                    "The house's key cannot be read: " + e.getMessage(),
                    "Run this command as the person who started Memoir.");
        }
    }

    /** Empty when nobody has that name. */
    Optional<Rights> rights(String name) {
        return household.users().stream()
                .filter(user -> user.name().equals(name))
                .map(User::rights)
                .findFirst();
    }

    @Override
    public void close() {
        store.close();
    }
}
