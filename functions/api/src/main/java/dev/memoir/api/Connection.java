package dev.memoir.api;

import dev.memoir.catalog.Item;
import dev.memoir.catalog.Library;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** Part of a list of assets, in the form of the Relay cursor connections specification. */
@Type("AssetConnection")
public final class Connection {
    private final Library.Page page;

    Connection(Library.Page page) {
        this.page = page;
    }

    @NonNull
    public List<@NonNull Edge> getEdges() {
        return page.items().stream().map(Edge::new).toList();
    }

    @NonNull
    public PageInfo getPageInfo() {
        return new PageInfo(page);
    }

    @Description("How many there are in all, when that is known without counting.")
    public Optional<Long> getTotalCount() {
        return page.total();
    }

    @Type("AssetEdge")
    public static final class Edge {
        private final Item item;

        Edge(Item item) {
            this.item = item;
        }

        @NonNull
        public String getCursor() {
            return item.cursor().text();
        }

        @NonNull
        public Asset getNode() {
            return new Asset(item);
        }
    }

    @Type("PageInfo")
    public static final class PageInfo {
        private final Library.Page page;

        PageInfo(Library.Page page) {
            this.page = page;
        }

        public boolean getHasNextPage() {
            return page.more();
        }

        @Description("Always false: the list is read forwards only.")
        public boolean getHasPreviousPage() {
            return false;
        }

        public Optional<String> getStartCursor() {
            return page.items().stream().findFirst().map(item -> item.cursor().text());
        }

        public Optional<String> getEndCursor() {
            return page.items().isEmpty()
                    ? Optional.empty()
                    : Optional.of(page.items().getLast().cursor().text());
        }
    }
}
