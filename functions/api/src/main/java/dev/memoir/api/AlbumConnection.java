package dev.memoir.api;

import dev.memoir.catalog.AlbumLibrary;
import java.util.List;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** Part of the list of albums, in the form of the Relay cursor connections specification. */
@Type("AlbumConnection")
public final class AlbumConnection {
    private final AlbumLibrary.Page page;

    AlbumConnection(AlbumLibrary.Page page) {
        this.page = page;
    }

    @NonNull
    public List<@NonNull Edge> getEdges() {
        return page.albums().stream().map(Edge::new).toList();
    }

    @NonNull
    public Connection.PageInfo getPageInfo() {
        return Connection.PageInfo.of(
                page.more(), getEdges().stream().map(Edge::getCursor).toList());
    }

    @Type("AlbumEdge")
    public static final class Edge {
        private final AlbumLibrary.Seen album;

        Edge(AlbumLibrary.Seen album) {
            this.album = album;
        }

        @NonNull
        public String getCursor() {
            return album.cursor().text();
        }

        @NonNull
        public AlbumView getNode() {
            return new AlbumView(album);
        }
    }
}
