package dev.memoir.api.share;

import dev.memoir.api.login.LoginRoutes;
import dev.memoir.catalog.Cursor;
import dev.memoir.catalog.LinkLibrary;
import dev.memoir.catalog.LinkLibrary.Guest;
import dev.memoir.house.Links;
import dev.memoir.identity.LinkTokens;
import dev.memoir.identity.LinkTokens.Ticket;
import dev.memoir.media.Claims;
import dev.memoir.media.Sha256;
import dev.memoir.media.sharing.Link;
import dev.memoir.store.MediaStore;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What guests ask for. Only the edge may send it, with the delivery token; what it has checked is checked here again. Each answer
 * is read in a transaction that carries the link, so that an ended one gives nothing from then on.
 */
@ApplicationScoped
public class ShareRoutes {
    private static final int PAGE = 200;

    private final Optional<LinkTokens> tokens;
    private final Links documents;
    private final LinkLibrary links;
    private final GuestBytes bytes;

    public ShareRoutes(
            @ConfigProperty(name = "memoir.delivery.token") Optional<String> secret,
            Links documents,
            LinkLibrary links,
            MediaStore store) {
        this.tokens = secret.map(LinkTokens::new);
        this.documents = documents;
        this.links = links;
        this.bytes = new GuestBytes(links, store);
    }

    void routes(@Observes Router router) {
        if (tokens.isEmpty()) {
            return;
        }
        LoginRoutes.serve(router, HttpMethod.POST, "/share/open", this::open);
        LoginRoutes.serve(router, HttpMethod.GET, "/share/:link/items", this::items);
        LoginRoutes.serve(router, HttpMethod.GET, "/share/:link/bytes/:asset/:kind", this::bytes);
    }

    private void open(RoutingContext context) {
        JsonObject asked = LoginRoutes.body(context);
        Optional<String> password =
                asked.containsKey("password") ? Optional.of(LoginRoutes.text(asked, "password")) : Optional.empty();
        Optional<String> id = tokens.orElseThrow().link(LoginRoutes.text(asked, "token"));
        switch (id.map(link -> documents.open(link, password)).orElseGet(Links.Ended::new)) {
            case Links.Ended ended -> ended(context);
            case Links.Locked locked ->
                LoginRoutes.refuse(
                        context,
                        401,
                        password.isEmpty() ? "PASSWORD_NEEDED" : "WRONG_PASSWORD",
                        password.isEmpty() ? "this link asks for a password" : "the password is wrong");
            case Links.Opened opened -> admit(context, opened.link());
        }
    }

    private void admit(RoutingContext context, Link link) {
        Guest guest = new Guest(link.id(), link.epoch());
        if (links.open(guest).isEmpty()) {
            // The catalog was made anew and does not know it yet: the document does.
            links.record(new Claims(link.owner(), Set.of(), Map.of()), link);
        }
        links.opened(guest);
        Instant end = Instant.now().plus(LinkTokens.TICKET).truncatedTo(ChronoUnit.SECONDS);
        String ticket = tokens.orElseThrow().ticket(new Ticket(link.id(), link.epoch(), end));
        context.response()
                .addCookie(Cookie.cookie(LinkTokens.COOKIE, ticket)
                        .setPath("/share/" + link.id())
                        .setMaxAge(LinkTokens.TICKET.toSeconds())
                        .setHttpOnly(true)
                        .setSameSite(CookieSameSite.STRICT)
                        .setSecure("https".equals(context.request().getHeader("X-Forwarded-Proto"))));
        JsonObject said = new JsonObject().put("link", link.id()).put("expiresAt", end.toString());
        link.terms().title().ifPresent(title -> said.put("title", title));
        link.terms().expiresAt().ifPresent(at -> said.put("linkExpiresAt", at.toString()));
        said.put("download", link.terms().download())
                .put("originals", link.terms().originals());
        LoginRoutes.json(context, 200, said);
    }

    private void items(RoutingContext context) {
        Optional<Guest> guest = guest(context);
        Optional<Link> link = guest.flatMap(links::open);
        if (link.isEmpty()) {
            ended(context);
            return;
        }
        try {
            Optional<Cursor> after =
                    Optional.ofNullable(context.request().getParam("after")).map(Cursor::parse);
            var page = links.page(guest.get(), PAGE, after);
            List<Sha256> assets =
                    page.items().stream().map(item -> item.sha256()).toList();
            LoginRoutes.json(context, 200, GuestItems.page(page, link.get(), links.names(guest.get(), assets)));
        } catch (IllegalArgumentException e) {
            LoginRoutes.refuse(context, 400, "BAD_INPUT", "after: not what a list of this link gave");
        }
    }

    private void bytes(RoutingContext context) {
        Optional<Guest> guest = guest(context);
        if (guest.isEmpty()) {
            ended(context);
            return;
        }
        bytes.answer(context, guest.get());
    }

    /** Of the link that is asked for, and no other. */
    private Optional<Guest> guest(RoutingContext context) {
        return Optional.ofNullable(context.request().getCookie(LinkTokens.COOKIE))
                .flatMap(cookie -> tokens.orElseThrow().ticket(cookie.getValue(), Instant.now()))
                .filter(ticket -> ticket.link().equals(context.pathParam("link")))
                .map(ticket -> new Guest(ticket.link(), ticket.epoch()));
    }

    static void ended(RoutingContext context) {
        LoginRoutes.refuse(context, 410, "ENDED", "this link has ended");
    }
}
