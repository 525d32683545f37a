package dev.memoir.gateway;

import java.util.List;

/**
 * What a gateway must know.
 *
 * @param edge the runner's address, such as {@code http://photos-runner.family.svc.cluster.local}, without a slash at the end
 * @param issuer who vouches for people
 * @param groups of whose members only these are let in; empty: whoever the issuer vouches for
 * @param origins from where pages elsewhere may ask, such as {@code https://photos.example.org}; empty: none
 * @param perSubject requests of one person
 */
public record Gate(String edge, Issuer issuer, List<String> groups, List<String> origins, EdgeLimits.Rate perSubject) {
    public Gate {
        groups = List.copyOf(groups);
        origins = List.copyOf(origins);
    }

    /**
     * An OpenID Connect issuer.
     *
     * @param name as its tokens say it, which is its address
     * @param audience that its tokens must be for
     * @param keys the address of its public keys (RFC 7517), or a file that holds them
     * @param algorithm that it signs with (RFC 7518), such as {@code RS256}
     * @param subject the claim that says who it is, and
     * @param memberships the one that says in which groups, written as {@code identity.groups} is
     */
    public record Issuer(
            String name, String audience, String keys, String algorithm, String subject, String memberships) {}
}
