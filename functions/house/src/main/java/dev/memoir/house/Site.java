package dev.memoir.house;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Where pages come from, as browsers bind a passkey to it (W3C Web Authentication Level 3, section 5.1.2).
 *
 * @param origin as browsers write it, such as {@code https://photos.example.org}
 * @param name its host, the relying party's id
 */
public record Site(String origin, String name) {
    /** Empty where browsers have no passkeys: without HTTPS, unless it is this machine's own name, or without a name. */
    public static Optional<Site> of(String origin) {
        try {
            URI address = URI.create(origin);
            String host = address.getHost() == null ? "" : address.getHost().toLowerCase(Locale.ROOT);
            boolean local = host.equals("localhost") || host.endsWith(".localhost");
            boolean named = host.matches("[a-z0-9.-]*[a-z][a-z0-9-]*");
            boolean secure = "https".equals(address.getScheme()) || local && "http".equals(address.getScheme());
            return named && secure ? Optional.of(new Site(origin, host)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
