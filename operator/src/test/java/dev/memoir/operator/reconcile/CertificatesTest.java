package dev.memoir.operator.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.memoir.operator.api.MemoirInstance;
import dev.memoir.operator.desired.Certificates;
import dev.memoir.operator.desired.Component;
import dev.memoir.operator.desired.Example;
import dev.memoir.operator.desired.SecretContent;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When certificates are made, kept and renewed, with real keys. */
class CertificatesTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final CertificateAuthority MAKER = new CertificateAuthority();

    private MemoirInstance instance;
    private Secret authority;
    private Secret store;

    @BeforeEach
    void make() throws IOException {
        instance = Example.all()
                .filter(example -> example.toString().equals("homelab"))
                .findFirst()
                .orElseThrow()
                .instance();
        authority = authority(Map.of(), BEGIN);
        store = store(authority, Map.of(), BEGIN);
    }

    private Secret authority(Map<String, String> present, Instant now) {
        return Certificates.authority(instance, present, now, MAKER);
    }

    private Secret store(Secret by, Map<String, String> present, Instant now) {
        return Certificates.server(instance, Component.STORE, by, present, now, MAKER);
    }

    private static X509Certificate certificate(Secret secret) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(
                        SecretContent.of(secret).get("tls.crt").getBytes(StandardCharsets.US_ASCII)));
    }

    /** As a client would that believes this authority. */
    private static void validate(Secret secret, Secret believed, Instant at) throws GeneralSecurityException {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(certificate(believed), null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(at));
        CertPathValidator.getInstance("PKIX")
                .validate(
                        CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate(secret))),
                        parameters);
    }

    private static Instant after(long days) {
        return BEGIN.plus(Duration.ofDays(days));
    }

    @Test
    void aPartsCertificateIsForItsServiceAndForServingAlone() throws Exception {
        X509Certificate certificate = certificate(store);
        Set<Object> hosts = new TreeSet<>();
        certificate.getSubjectAlternativeNames().forEach(name -> hosts.add(name.get(1)));
        String service = instance.getMetadata().getName() + "-store";
        String namespace = instance.getMetadata().getNamespace();
        assertEquals(
                new TreeSet<Object>(Set.of(
                        service,
                        service + "." + namespace,
                        service + "." + namespace + ".svc",
                        service + "." + namespace + ".svc.cluster.local",
                        "localhost")),
                hosts);
        assertEquals(-1, certificate.getBasicConstraints());
        assertEquals(List.of("1.3.6.1.5.5.7.3.1"), certificate.getExtendedKeyUsage());
        assertEquals(BEGIN.plus(Duration.ofDays(365)), certificate.getNotAfter().toInstant());
        validate(store, authority, after(1));
        assertEquals(
                SecretContent.of(authority).get("tls.crt"),
                SecretContent.of(store).get("ca.crt"));
        assertNotEquals(
                SecretContent.of(authority).get("tls.key"),
                SecretContent.of(store).get("tls.key"));
    }

    @Test
    void theAuthoritySignsPartsAndNoFurtherAuthority() throws Exception {
        assertEquals(0, certificate(authority).getBasicConstraints());
        assertEquals(after(3650), certificate(authority).getNotAfter().toInstant());
    }

    @Test
    void whatIsThereStaysUntilTwoThirdsOfItsLifeAreOver() {
        Map<String, String> present = SecretContent.of(store);
        assertEquals(store, store(authority, present, after(243)));
        assertNotEquals(store, store(authority, present, after(244)));
        assertEquals(authority, authority(SecretContent.of(authority), after(2433)));
        assertNotEquals(authority, authority(SecretContent.of(authority), after(2434)));
    }

    @Test
    void anAuthorityThatIsRenewedIsBelievedByWhoKnowsTheOldOneAndTheOtherWayRound() throws Exception {
        Instant now = after(2434);
        Secret before = store(authority, Map.of(), after(2400));
        Secret renewed = authority(SecretContent.of(authority), now);
        assertEquals(after(2434 + 3650), certificate(renewed).getNotAfter().toInstant());

        Secret kept = store(renewed, SecretContent.of(before), now);
        assertEquals(
                SecretContent.of(before).get("tls.crt"), SecretContent.of(kept).get("tls.crt"));
        assertEquals(
                SecretContent.of(renewed).get("tls.crt"), SecretContent.of(kept).get("ca.crt"));
        validate(kept, renewed, now);
        validate(store(renewed, Map.of(), now), authority, now);
    }

    @Test
    void whatIsForOtherNamesOrByAnotherAuthorityOrUnreadableIsMadeAnew() throws Exception {
        Secret queue = Certificates.server(instance, Component.QUEUE, authority, Map.of(), BEGIN, MAKER);
        validate(store(authority, SecretContent.of(queue), BEGIN), authority, BEGIN);
        assertNotEquals(
                SecretContent.of(queue).get("tls.crt"),
                SecretContent.of(store(authority, SecretContent.of(queue), BEGIN))
                        .get("tls.crt"));

        Secret other = authority(Map.of(), BEGIN);
        assertThrows(GeneralSecurityException.class, () -> validate(store, other, BEGIN));
        validate(store(other, SecretContent.of(store), BEGIN), other, BEGIN);

        Map<String, String> broken = Map.of("tls.crt", "mine", "tls.key", "mine");
        Secret mended = authority(broken, BEGIN);
        validate(store(mended, broken, BEGIN), mended, BEGIN);
    }
}
