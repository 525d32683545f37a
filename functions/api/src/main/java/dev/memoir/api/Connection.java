package dev.memoir.api;

import dev.memoir.catalog.AlbumLibrary;
import dev.memoir.catalog.Item;
import dev.memoir.catalog.Library;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** Part of a list of assets, in the form of the Relay cursor connections specification. */
@Type("AssetConnection")
public final class Connection {
    private final List<Edge> edges;
    private final boolean more;
    private final Optional<Long> total;

    Connection(Library.Page page) {
        this(page, item -> item.cursor().text());
    }

    /** @param cursors where in the list an item is */
    Connection(Library.Page page, Function<Item, String> cursors) {
        this.edges = page.items().stream()
                .map(item -> new Edge(item, cursors.apply(item)))
                .toList();
        this.more = page.more();
        this.total = page.total();
    }

    /** Of an album, in its order. */
    Connection(AlbumLibrary.Items items) {
        this.edges = items.items().stream()
                .map(placed -> new Edge(placed.item(), placed.cursor().text()))
                .toList();
        this.more = items.more();
        this.total = Optional.empty();
    }

    @NonNull
    public List<@NonNull Edge> getEdges() {
        return edges;
    }

    @NonNull
    public PageInfo getPageInfo() {
        return PageInfo.of(more, edges.stream().map(Edge::getCursor).toList());
    }

    @Description("How many there are in all, when that is known without counting.")
    public Optional<Long> getTotalCount() {
        return total;
    }

    @Type("AssetEdge")
    public static final class Edge {
        private final Item item;
        private final String cursor;

        Edge(Item item, String cursor) {
            this.item = item;
            this.cursor = cursor;
        }

        @NonNull
        public String getCursor() {
            return cursor;
        }

        @NonNull
        public Asset getNode() {
            return new Asset(item);
        }
    }

    @Type("PageInfo")
    public static final class PageInfo {
        private final boolean more;
        private final Optional<String> start;
        private final Optional<String> end;

        PageInfo(boolean more, Optional<String> start, Optional<String> end) {
            this.more = more;
            this.start = start;
            this.end = end;
        }

        /** @param cursors of the entries, in their order */
        static PageInfo of(boolean more, List<String> cursors) {
            return new PageInfo(
                    more, cursors.stream().findFirst(), cursors.stream().reduce((_, last) -> last));
        }

        public boolean getHasNextPage() {
            return more;
        }

        @Description("Always false: the list is read forwards only.")
        public boolean getHasPreviousPage() {
            return false;
        }

        public Optional<String> getStartCursor() {
            return start;
        }

        public Optional<String> getEndCursor() {
            return end;
        }
    }
}
