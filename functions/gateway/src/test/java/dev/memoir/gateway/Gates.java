package dev.memoir.gateway;

import java.util.List;
import java.util.Map;

/** Gates that tests look at, by the names of their golden files. */
final class Gates {
    private static final String RUNNER = "http://photos-runner.family.svc.cluster.local";

    static final Gate USUAL = new Gate(
            RUNNER,
            new Gate.Issuer(
                    "https://login.example.org", "photos", "https://login.example.org/keys", "RS256", "sub", "groups"),
            List.of(),
            List.of(),
            EdgeLimits.PER_SUBJECT);

    static final Gate FOR_A_GROUP_AND_PAGES_ELSEWHERE = new Gate(
            "https://edge.example.org",
            new Gate.Issuer(
                    "http://issuer.family.svc.cluster.local",
                    "photos",
                    "http://issuer.family.svc.cluster.local/keys",
                    "ES256",
                    "https://example\\.org/id",
                    "realm_access.roles"),
            List.of("family", "friends"),
            List.of("https://photos.example.org"),
            new EdgeLimits.Rate(5, 20));

    static final Map<String, Gate> ALL = Map.of("usual", USUAL, "group-and-pages", FOR_A_GROUP_AND_PAGES_ELSEWHERE);

    private Gates() {}
}
