package dev.memoir.operator.desired;

import dev.memoir.operator.api.MemoirInstance;
import dev.memoir.operator.api.MemoirInstanceSpec;
import dev.memoir.operator.desired.CertificateMaker.Pair;
import dev.memoir.operator.desired.CertificateMaker.Validity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an instance's parts prove with who they are: an authority of the instance's own, and a certificate of it for each part
 * that serves. What is there stays until two thirds of its life are over. The authority is renewed with the key that it has, so
 * that a client that knows it from before believes what it signs from then on.
 */
public final class Certificates {
    static final String CERTIFICATE = "tls.crt";
    static final String KEY = "tls.key";

    /** In a part's secret: the authority, for a part that is a client too. */
    static final String AUTHORITY = "ca.crt";

    static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    static final Duration LIFE = Duration.ofDays(365);

    /** Clocks differ. */
    private static final Duration EARLIER = Duration.ofMinutes(5);

    private static final int DNS_NAME = 2;

    private Certificates() {}

    /** Parts that serve with TLS. */
    public static List<Component> servers(MemoirInstance instance) {
        MemoirInstanceSpec spec = instance.getSpec();
        List<Component> servers = new ArrayList<>(List.of(Component.RUNNER));
        if (spec.storage().managed() != null) {
            servers.add(Component.STORE);
        }
        if (spec.events().managed() != null) {
            servers.add(Component.QUEUE);
        }
        if (spec.database().managed() != null) {
            servers.add(Component.DATABASE);
        }
        return servers;
    }

    /** @param present what the secret holds now, decoded */
    public static Secret authority(
            MemoirInstance instance, Map<String, String> present, Instant now, CertificateMaker maker) {
        Names names = new Names(instance);
        Optional<Pair> there = pair(present);
        Pair authority = there.filter(pair -> isFresh(pair, now))
                .orElseGet(() -> maker.authority(
                        names.authority(), there, new Validity(now.minus(EARLIER), now.plus(AUTHORITY_LIFE))));
        return secret(names, names.authority(), Map.of(CERTIFICATE, authority.certificate(), KEY, authority.key()));
    }

    /**
     * @param authority as {@link #authority} made it
     * @param present what the secret holds now, decoded
     */
    public static Secret server(
            MemoirInstance instance,
            Component component,
            Secret authority,
            Map<String, String> present,
            Instant now,
            CertificateMaker maker) {
        Names names = new Names(instance);
        Pair by = pair(SecretContent.of(authority)).orElseThrow();
        List<String> hosts = hosts(names, component);
        Pair own = pair(present)
                .filter(pair -> isFresh(pair, now) && isFor(pair, hosts) && isSigned(pair, by))
                .orElseGet(() ->
                        maker.server(names.of(component), hosts, by, new Validity(now.minus(EARLIER), now.plus(LIFE))));
        return secret(
                names,
                names.certificate(component),
                Map.of(CERTIFICATE, own.certificate(), KEY, own.key(), AUTHORITY, by.certificate()));
    }

    /** The authority's certificate. */
    public static String certificate(Secret authority) {
        return SecretContent.of(authority).get(CERTIFICATE);
    }

    /** Its service by each of its names, and a forwarded port. */
    private static List<String> hosts(Names names, Component component) {
        String service = names.of(component);
        return List.of(
                names.host(component),
                service + "." + names.namespace() + ".svc",
                service + "." + names.namespace(),
                service,
                "localhost");
    }

    private static Optional<Pair> pair(Map<String, String> present) {
        return present.containsKey(CERTIFICATE) && present.containsKey(KEY)
                ? Optional.of(new Pair(present.get(CERTIFICATE), present.get(KEY)))
                : Optional.empty();
    }

    private static boolean isFresh(Pair pair, Instant now) {
        return parsed(pair)
                .filter(certificate -> {
                    Instant from = certificate.getNotBefore().toInstant();
                    Duration life =
                            Duration.between(from, certificate.getNotAfter().toInstant());
                    return now.isBefore(from.plus(life.multipliedBy(2).dividedBy(3)));
                })
                .isPresent();
    }

    private static boolean isFor(Pair pair, List<String> hosts) {
        return parsed(pair)
                .map(Certificates::names)
                .filter(Set.copyOf(hosts)::equals)
                .isPresent();
    }

    private static Set<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? Set.of()
                    : names.stream()
                            .filter(name -> name.getFirst().equals(DNS_NAME))
                            .map(name -> (String) name.get(1))
                            .collect(Collectors.toCollection(HashSet::new));
        } catch (CertificateException unreadable) {
            return Set.of();
        }
    }

    private static boolean isSigned(Pair pair, Pair authority) {
        Optional<PublicKey> key = parsed(authority).map(X509Certificate::getPublicKey);
        try {
            if (key.isEmpty()) {
                return false;
            }
            parsed(pair).orElseThrow().verify(key.get());
            return true;
        } catch (GeneralSecurityException byAnother) {
            return false;
        }
    }

    /** Empty: whatever it is, it is no certificate, and another one is made. */
    private static Optional<X509Certificate> parsed(Pair pair) {
        try {
            return Optional.of((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(pair.certificate().getBytes(StandardCharsets.US_ASCII))));
        } catch (CertificateException unreadable) {
            return Optional.empty();
        }
    }

    private static Secret secret(Names names, String name, Map<String, String> content) {
        return new SecretBuilder()
                .withMetadata(names.owned(name, names.labels()))
                .withType("kubernetes.io/tls")
                .withData(SecretContent.encoded(content))
                .build();
    }
}
