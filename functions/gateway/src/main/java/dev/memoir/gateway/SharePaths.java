package dev.memoir.gateway;

import java.util.List;

/**
 * One of the ways of those who have a share link and no token: the edge checks what they carry.
 *
 * @param path with names for what differs, such as {@code /share/{link}/items}
 * @param headers of the request that the edge must see; no {@code Origin}, which names the gateway's host and not the edge's
 * @param query that the edge must see
 */
record SharePaths(String method, String path, List<String> parameters, List<String> headers, List<String> query) {
    static final List<SharePaths> ALL = List.of(
            new SharePaths(
                    "POST",
                    "/share/open",
                    List.of(),
                    List.of("Content-Type", "Content-Length", "X-Forwarded-Proto"),
                    List.of()),
            new SharePaths("GET", "/share/{link}/items", List.of("link"), List.of("Cookie"), List.of("after")),
            new SharePaths(
                    "GET",
                    "/share/{link}/bytes/{asset}/{kind}",
                    List.of("link", "asset", "kind"),
                    List.of("Cookie", "Range"),
                    List.of("download", "again")));
}
