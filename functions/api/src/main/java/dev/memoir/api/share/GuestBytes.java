package dev.memoir.api.share;

import dev.memoir.api.login.LoginRoutes;
import dev.memoir.catalog.Library.HeldObject;
import dev.memoir.catalog.LinkLibrary;
import dev.memoir.catalog.LinkLibrary.Given;
import dev.memoir.catalog.LinkLibrary.Guest;
import dev.memoir.media.MediaKind;
import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import dev.memoir.store.MediaStore.ObjectContent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Pictures and films for a guest, out of the store, whose address nobody learns. Nothing is kept by browsers: what has ended must
 * not be looked at again.
 */
final class GuestBytes {
    private static final int CHUNK = 64 << 10;

    /** How long a guest may take for one chunk. */
    private static final int PATIENCE_SECONDS = 30;

    private static final Map<String, Rendition> RENDITIONS =
            Map.of("thumbnail", Rendition.THUMBNAIL, "preview", Rendition.PREVIEW);
    private static final String ORIGINAL = "original";

    private final LinkLibrary links;
    private final MediaStore store;

    GuestBytes(LinkLibrary links, MediaStore store) {
        this.links = links;
        this.store = store;
    }

    void answer(RoutingContext context, Guest guest) {
        String kind = context.pathParam("kind");
        Optional<Given> given = hash(context.pathParam("asset")).flatMap(asset -> links.given(guest, asset));
        if (given.isEmpty()) {
            if (links.open(guest).isEmpty()) {
                ShareRoutes.ended(context);
            } else {
                missing(context);
            }
        } else if (kind.equals(ORIGINAL)) {
            given.get()
                    .object()
                    .ifPresentOrElse(object -> original(context, guest, given.get(), object), () -> missing(context));
        } else {
            Optional.ofNullable(RENDITIONS.get(kind))
                    .filter(given.get().item().renditions()::contains)
                    .ifPresentOrElse(rendition -> rendition(context, given.get(), rendition), () -> missing(context));
        }
    }

    private static Optional<Sha256> hash(String text) {
        try {
            return Optional.of(new Sha256(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void rendition(RoutingContext context, Given given, Rendition rendition) {
        String key = Keys.rendition(given.item().sha256(), rendition);
        try (ObjectContent content =
                store.read(store.config().derived(), key, Optional.empty()).orElse(null)) {
            if (content == null) {
                missing(context);
                return;
            }
            HttpServerResponse response = headers(context, "image/jpeg");
            if (given.link().terms().download() && context.request().params().contains("download")) {
                attached(response, given.item().sha256().hex().substring(0, 12) + ".jpg");
            }
            send(response, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void original(RoutingContext context, Guest guest, Given given, HeldObject object) {
        Optional<String> header = Optional.ofNullable(context.request().getHeader("Range"));
        ByteRange.Asked asked = ByteRange.of(header, object.size());
        if (asked instanceof ByteRange.Asked.Beyond) {
            context.response().putHeader("Content-Range", "bytes */" + object.size());
            LoginRoutes.refuse(context, 416, "BAD_INPUT", "these bytes are not there");
            return;
        }
        Optional<ByteRange> range =
                asked instanceof ByteRange.Asked.Part part ? Optional.of(part.range()) : Optional.empty();
        try (ObjectContent content = range.map(
                        r -> store.read(object.bucket(), object.key(), object.versionId(), r.from(), r.length()))
                .orElseGet(() -> store.read(object.bucket(), object.key(), object.versionId()))
                .orElse(null)) {
            if (content == null) {
                missing(context);
                return;
            }
            if (range.isEmpty() || range.get().from() == 0) {
                links.downloaded(guest);
            }
            boolean film = given.item().facts().kind() == MediaKind.VIDEO;
            HttpServerResponse response = headers(
                            context, film ? given.item().facts().mediaType() : "application/octet-stream")
                    .putHeader("Accept-Ranges", "bytes");
            if (!film || context.request().params().contains("download")) {
                attached(response, name(given, object));
            }
            range.ifPresent(r -> response.setStatusCode(206).putHeader("Content-Range", r.contentRange(object.size())));
            send(response, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a guest may call the file: its own name only if the link says names, its ending always. */
    private static String name(Given given, HeldObject object) {
        String own = object.key().substring(object.key().lastIndexOf('/') + 1);
        if (given.link().terms().showNames()) {
            return own;
        }
        int dot = own.lastIndexOf('.');
        String ending = dot < 0 ? "" : own.substring(dot).toLowerCase(Locale.ROOT);
        return given.item().sha256().hex().substring(0, 12) + (ending.matches("\\.[a-z0-9]{1,5}") ? ending : "");
    }

    private static void attached(HttpServerResponse response, String name) {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        response.putHeader("Content-Disposition", "attachment; filename*=UTF-8''" + encoded);
    }

    private static HttpServerResponse headers(RoutingContext context, String type) {
        return context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** Chunk by chunk, so that a guest who is slow keeps a chunk in memory and no more. */
    private static void send(HttpServerResponse response, ObjectContent content) throws IOException {
        response.putHeader(
                HttpHeaders.CONTENT_LENGTH, Long.toString(content.object().size()));
        byte[] chunk = new byte[CHUNK];
        try {
            int read = content.bytes().readNBytes(chunk, 0, CHUNK);
            while (read > 0 && !response.closed()) {
                response.write(Buffer.buffer().appendBytes(chunk, 0, read))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                read = content.bytes().readNBytes(chunk, 0, CHUNK);
            }
            if (!response.closed()) {
                response.end();
            }
        } catch (ExecutionException | TimeoutException gone) {
            response.reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            response.reset();
        }
    }

    private static void missing(RoutingContext context) {
        LoginRoutes.refuse(context, 404, "NOT_FOUND", "this link shows no such picture");
    }
}
