package dev.memoir.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.memoir.house.Household;
import dev.memoir.house.Rights;
import dev.memoir.identity.LinkTokens;
import dev.memoir.identity.LinkTokens.Ticket;
import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a guest gets of a link, and when no more. */
@QuarkusTest
@QuarkusTestResource(ApiParts.class)
class ShareTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String MAKE =
            "mutation($a: [String!]!, $l: LinkInput!) { createLink(target: {assets: $a}, link: $l)"
                    + " { token link { id open locked items openings } } }";

    @Inject
    MediaStore store;

    private final LinkTokens tokens = new LinkTokens(ApiParts.DELIVERY_TOKEN);

    /** A link, and what its maker was told. */
    private record Made(String id, String token) {}

    /** A guest who has opened it. */
    private record In(String link, String cookie) {}

    private Sha256 photo(String owner, String name, double nsfw) {
        Sha256 asset = Photos.add(owner, name, 2024, nsfw, "seashore");
        for (Rendition rendition : Rendition.values()) {
            store.put(
                    "derived",
                    Keys.rendition(asset, rendition),
                    (rendition + name).getBytes(StandardCharsets.UTF_8),
                    "image/jpeg");
        }
        store.put("originals", "users/" + owner + "/" + name + ".jpg", original(name), "image/jpeg");
        return asset;
    }

    /** As long as the catalog believes it to be. */
    private static byte[] original(String name) {
        return name.repeat(1_000).substring(0, 1_000).getBytes(StandardCharsets.UTF_8);
    }

    private static String id(String owner, Sha256 asset) {
        return Client.as(owner)
                .data("query($s: String) { asset(sha256: $s) { id } }", "s", asset.hex())
                .at("/asset/id")
                .asText();
    }

    private static Made link(String owner, Map<String, Object> terms, Sha256... assets) {
        List<String> ids =
                List.of(assets).stream().map(asset -> id(owner, asset)).toList();
        JsonNode made = Client.as(owner).data(MAKE, "a", ids, "l", terms).path("createLink");
        return new Made(made.at("/link/id").asText(), made.path("token").asText());
    }

    private In open(Made link) throws Exception {
        HttpResponse<String> opened = opened(Map.of("token", link.token()));
        assertEquals(200, opened.statusCode(), opened.body());
        String cookie = opened.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(cookie.contains("HTTPOnly") && cookie.contains("SameSite=Strict"), cookie);
        assertTrue(cookie.contains("Path=/share/" + link.id()), cookie);
        return new In(link.id(), cookie.split(";")[0]);
    }

    private HttpResponse<String> opened(Map<String, Object> body) throws Exception {
        return Client.HTTP.send(
                request("/share/open")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + Client.config("quarkus.http.test-port") + path))
                .header("Authorization", "Bearer " + ApiParts.DELIVERY_TOKEN);
    }

    private static HttpResponse<byte[]> get(String path, String cookie, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).header("Cookie", cookie);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return Client.HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpResponse<byte[]> bytes(In guest, Sha256 asset, String kind, String... headers) throws Exception {
        return get("/share/" + guest.link() + "/bytes/" + asset.hex() + "/" + kind, guest.cookie(), headers);
    }

    private static JsonNode items(In guest) throws Exception {
        HttpResponse<byte[]> items = get("/share/" + guest.link() + "/items", guest.cookie());
        assertEquals(200, items.statusCode(), new String(items.body(), StandardCharsets.UTF_8));
        return JSON.readTree(items.body());
    }

    @Test
    void aGuestSeesWhatTheLinkShowsAndNothingOfWhoseOrWhatOrWhere() throws Exception {
        Sha256 shown = photo("sara", "dune", 0.1);
        Sha256 other = photo("sara", "other", 0.1);
        Sha256 sensitive = photo("sara", "night", 0.9);
        Sha256 trashed = photo("sara", "blurred", 0.1);
        Made link = link("sara", Map.of("title", "At the sea"), shown, sensitive, trashed);
        Client.as("sara")
                .data("mutation($i: [String!]!) { trash(ids: $i) { outcome } }", "i", List.of(id("sara", trashed)));

        In guest = open(link);
        JsonNode items = items(guest).path("items");
        assertEquals(1, items.size(), items.toString());
        assertEquals(
                Set.of("sha256", "kind", "preview", "plays", "width", "height", "takenAt", "thumbhash"),
                Set.copyOf(items.get(0).propertyStream().map(Map.Entry::getKey).toList()));
        assertArrayEquals(
                "PREVIEWdune".getBytes(StandardCharsets.UTF_8),
                bytes(guest, shown, "preview").body());
        assertEquals(
                "no-store",
                bytes(guest, shown, "thumbnail")
                        .headers()
                        .firstValue("Cache-Control")
                        .orElse(""));
        for (Sha256 hidden : List.of(other, sensitive, trashed)) {
            assertEquals(404, bytes(guest, hidden, "preview").statusCode());
        }
        for (String kind : List.of("original", "analysis", "face")) {
            assertEquals(404, bytes(guest, shown, kind).statusCode(), kind);
        }
        JsonNode own = Client.as("sara")
                .data("{ links { id title open items openings uses { openings } } }")
                .path("links");
        assertEquals(1, own.size());
        assertEquals(1, own.at("/0/items").asInt());
        assertEquals(1, own.at("/0/openings").asInt());
        assertEquals(0, Client.as("tom").data("{ links { id } }").path("links").size());
    }

    @Test
    void placesNamesAndOriginalsAreGivenWhereTheLinkSaysSo() throws Exception {
        Sha256 asset = photo("uma", "harbour", 0.1);
        In hidden = open(link("uma", Map.of("download", true), asset));
        assertEquals(404, bytes(hidden, asset, "original").statusCode(), "an original says where it was taken");
        HttpResponse<byte[]> kept = bytes(hidden, asset, "preview?download");
        assertEquals(
                "attachment; filename*=UTF-8''" + asset.hex().substring(0, 12) + ".jpg",
                kept.headers().firstValue("Content-Disposition").orElse(""));

        In all = open(link("uma", Map.of("download", true, "showPlace", true, "showNames", true), asset));
        JsonNode item = items(all).at("/items/0");
        assertEquals(43.71, item.path("latitude").asDouble());
        assertEquals("harbour.jpg", item.path("name").asText());
        HttpResponse<byte[]> original = bytes(all, asset, "original");
        assertArrayEquals(original("harbour"), original.body());
        assertEquals(
                "application/octet-stream",
                original.headers().firstValue("Content-Type").orElse(""));
        assertEquals(
                "attachment; filename*=UTF-8''harbour.jpg",
                original.headers().firstValue("Content-Disposition").orElse(""));

        HttpResponse<byte[]> part = bytes(all, asset, "original", "Range", "bytes=7-13");
        assertEquals(206, part.statusCode());
        assertEquals(
                "bytes 7-13/1000", part.headers().firstValue("Content-Range").orElse(""));
        assertEquals("harbour", new String(part.body(), StandardCharsets.UTF_8));
        assertEquals(416, bytes(all, asset, "original", "Range", "bytes=1000-").statusCode());

        In view = open(link("uma", Map.of("showPlace", true), asset));
        assertEquals(404, bytes(view, asset, "original").statusCode(), "it may only be looked at");
        assertTrue(bytes(view, asset, "preview?download")
                .headers()
                .firstValue("Content-Disposition")
                .isEmpty());
    }

    @Test
    void aPasswordIsAskedForAndItsChangeClosesWhatWasOpened() throws Exception {
        Sha256 asset = photo("vera", "letter", 0.1);
        Made link = link("vera", Map.of("password", "open sesame"), asset);
        HttpResponse<String> without = opened(Map.of("token", link.token()));
        assertEquals(401, without.statusCode());
        assertEquals(
                "PASSWORD_NEEDED",
                JSON.readTree(without.body()).at("/error/code").asText());
        assertEquals(
                401, opened(Map.of("token", link.token(), "password", "sesame")).statusCode());
        HttpResponse<String> right = opened(Map.of("token", link.token(), "password", "open sesame"));
        assertEquals(200, right.statusCode());
        In guest = new In(
                link.id(),
                right.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0]);
        assertEquals(200, bytes(guest, asset, "preview").statusCode());

        change("vera", link, "{title: \"new words\"}");
        assertEquals(200, bytes(guest, asset, "preview").statusCode());
        change("vera", link, "{password: \"another word\"}");
        assertEquals(410, bytes(guest, asset, "preview").statusCode());
        assertEquals(
                401,
                opened(Map.of("token", link.token(), "password", "open sesame")).statusCode());
        change("vera", link, "{password: \"\"}");
        assertEquals(200, opened(Map.of("token", link.token())).statusCode());
        assertEquals(
                "BAD_INPUT",
                Client.as("vera")
                        .code("mutation { updateLink(id: \"" + link.id()
                                + "\", link: {password: \"short\"}) { id } }"));
        String document = new String(
                store.documents()
                        .read(".memoir/links/" + link.id() + ".json")
                        .orElseThrow()
                        .content(),
                StandardCharsets.UTF_8);
        assertFalse(document.contains(link.token()), "what opens it is nowhere");
    }

    private static void change(String owner, Made link, String terms) {
        Client.as(owner).data("mutation { updateLink(id: \"" + link.id() + "\", link: " + terms + ") { id } }");
    }

    @Test
    void whatHasEndedGivesNothingFromThenOn() throws Exception {
        Sha256 asset = photo("wim", "bridge", 0.1);
        Made link = link("wim", Map.of(), asset);
        In guest = open(link);
        assertEquals(200, bytes(guest, asset, "preview").statusCode());
        assertEquals(
                "NOT_FOUND",
                Client.as("xenia").code("mutation { revokeLink(id: \"" + link.id() + "\") { id } }"),
                "others' links are not there");
        assertEquals("NOT_FOUND", Client.as("wim").code("mutation { revokeLink(id: \"../users/wim\") { id } }"));

        JsonNode ended = Client.as("wim")
                .data("mutation { revokeLink(id: \"" + link.id() + "\") { open revokedAt } }")
                .path("revokeLink");
        assertFalse(ended.path("open").asBoolean());
        assertEquals(410, bytes(guest, asset, "preview").statusCode());
        assertEquals(410, get("/share/" + link.id() + "/items", guest.cookie()).statusCode());
        HttpResponse<String> again = opened(Map.of("token", link.token()));
        assertEquals(410, again.statusCode());
        assertEquals(
                again.body(), opened(Map.of("token", tokens.fresh().token())).body(), "as one that never was");
        assertEquals(410, opened(Map.of("token", "A".repeat(43))).statusCode());
        assertEquals(
                "NOT_FOUND",
                Client.as("wim").code("mutation { updateLink(id: \"" + link.id() + "\", link: {}) { id } }"));
    }

    @Test
    void aLinkEndsByItselfWhenItsTimeIsOver() throws Exception {
        Sha256 asset = photo("yann", "clock", 0.1);
        Instant end = Instant.now().plusSeconds(3);
        Made link = link("yann", Map.of("expiresAt", end.toString()), asset);
        In guest = open(link);
        assertEquals(200, bytes(guest, asset, "preview").statusCode());
        Thread.sleep(Math.max(0, end.toEpochMilli() - System.currentTimeMillis() + 100));
        assertEquals(410, bytes(guest, asset, "preview").statusCode());
        assertEquals(410, opened(Map.of("token", link.token())).statusCode());
        assertEquals(
                "BAD_INPUT",
                Client.as("yann")
                        .code("mutation { createLink(target: {assets: [\"" + id("yann", asset)
                                + "\"]}, link: {expiresAt: \"2020-01-01T00:00:00Z\"}) { token } }"));
    }

    @Test
    void aTicketIsGoodForItsOwnLinkAlone() throws Exception {
        Sha256 one = photo("zoe", "one", 0.1);
        Sha256 two = photo("zoe", "two", 0.1);
        Made first = link("zoe", Map.of(), one);
        Made second = link("zoe", Map.of(), two);
        In guest = open(first);
        assertEquals(404, bytes(guest, two, "preview").statusCode(), "another link's picture");
        assertEquals(
                410, bytes(new In(second.id(), guest.cookie()), two, "preview").statusCode(), "at another link");
        String tampered = guest.cookie().replace(first.id(), second.id());
        assertEquals(410, bytes(new In(second.id(), tampered), two, "preview").statusCode(), "a forged one");
        assertEquals(410, bytes(new In(first.id(), "x=y"), one, "preview").statusCode(), "none");
        String old = LinkTokens.COOKIE + "="
                + tokens.ticket(new Ticket(first.id(), 1, Instant.now().minusSeconds(1)));
        assertEquals(410, bytes(new In(first.id(), old), one, "preview").statusCode(), "an old one");
    }

    @Test
    void whoWasRemovedSharesNothingAnyMore() throws Exception {
        Household household = new Household(store.documents(), Set.of("home"), "console", Clock.systemUTC());
        household.add("quin", new Rights(new TreeSet<>(), new TreeMap<>()), "correct horse battery");
        Made link = link("quin", Map.of(), photo("quin", "boat", 0.1));
        open(link);
        household.remove("quin");
        assertEquals(410, opened(Map.of("token", link.token())).statusCode());
        assertTrue(household.changes(10).stream()
                .anyMatch(change ->
                        change.what().equals("link.created") && change.whom().equals(link.id())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/share/open", "/share/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/items"})
    void onlyTheEdgeMayAsk(String path) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + Client.config("quarkus.http.test-port") + path);
        assertEquals(
                401,
                Client.HTTP
                        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode());
    }
}
