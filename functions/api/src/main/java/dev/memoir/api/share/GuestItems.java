package dev.memoir.api.share;

import dev.memoir.catalog.Item;
import dev.memoir.catalog.Library;
import dev.memoir.catalog.LinkLibrary.Named;
import dev.memoir.media.Facts;
import dev.memoir.media.MediaKind;
import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import dev.memoir.media.sharing.Link;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a guest is told of pictures: how they look, when they were taken, and what the link says besides. Neither whose they are
 * nor what anybody, person or model, says of them.
 */
final class GuestItems {
    private GuestItems() {}

    static JsonObject page(Library.Page page, Link link, List<Named> names) {
        Map<Sha256, String> named =
                names.stream().collect(Collectors.toMap(Named::asset, Named::name, (one, other) -> one));
        JsonArray items = new JsonArray();
        page.items().forEach(item -> items.add(item(item, link, named)));
        JsonObject said = new JsonObject().put("items", items);
        if (page.more()) {
            said.put("after", page.items().getLast().cursor().text());
        }
        return said;
    }

    private static JsonObject item(Item item, Link link, Map<Sha256, String> names) {
        Facts told = item.told();
        MediaKind kind = item.facts().kind();
        JsonObject said = new JsonObject()
                .put("sha256", item.sha256().hex())
                .put("kind", kind.name())
                .put("preview", item.renditions().contains(Rendition.PREVIEW))
                .put("plays", kind == MediaKind.VIDEO && link.terms().originals());
        item.facts().width().ifPresent(width -> said.put("width", width));
        item.facts().height().ifPresent(height -> said.put("height", height));
        item.facts().durationSeconds().ifPresent(seconds -> said.put("duration", seconds));
        told.takenAt().ifPresent(taken -> said.put("takenAt", taken.local().toString()));
        if (item.edits().turns(item.facts()) != 0) {
            said.put("rotation", item.edits().turns(item.facts()) * 90);
        }
        item.thumbhash()
                .ifPresent(hash -> said.put("thumbhash", Base64.getEncoder().encodeToString(hash)));
        if (link.terms().showPlace()) {
            told.location()
                    .ifPresent(place -> said.put("latitude", place.latitude()).put("longitude", place.longitude()));
        }
        if (link.terms().showNames() && names.containsKey(item.sha256())) {
            said.put("name", names.get(item.sha256()));
        }
        return said;
    }
}
