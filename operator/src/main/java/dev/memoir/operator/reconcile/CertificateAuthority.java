package dev.memoir.operator.reconcile;

import dev.memoir.operator.desired.CertificateMaker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/** Keys on the curve P-256 and certificates (RFC 5280) signed with ECDSA, which every part and client knows. */
final class CertificateAuthority implements CertificateMaker {
    private static final int SERIAL_BITS = 127;
    private static final SecureRandom RANDOM = new SecureRandom();

    @Override
    public Pair authority(String name, Optional<Pair> before, Validity validity) {
        return made(() -> {
            KeyPair keys = before.flatMap(CertificateAuthority::keys).orElseGet(CertificateAuthority::newKeys);
            X500Name own = name(name);
            var builder = certificate(own, own, keys.getPublic(), validity)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
            return signed(builder, keys.getPrivate(), keys.getPrivate());
        });
    }

    @Override
    public Pair server(String name, List<String> hosts, Pair authority, Validity validity) {
        return made(() -> {
            KeyPair issuer = keys(authority)
                    .orElseThrow(
                            () -> new IllegalStateException(
                                    "the authority's secret holds no key that can be read; delete it to have another one made"));
            KeyPair keys = newKeys();
            X500Name by = new X500Name(
                    certificate(authority).getSubjectX500Principal().getName());
            GeneralName[] names = hosts.stream()
                    .map(host -> new GeneralName(GeneralName.dNSName, host))
                    .toArray(GeneralName[]::new);
            var builder = certificate(by, name(name), keys.getPublic(), validity)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuer.getPublic()))
                    .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            return signed(builder, keys.getPrivate(), issuer.getPrivate());
        });
    }

    private static X500Name name(String name) {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
    }

    private static X509v3CertificateBuilder certificate(
            X500Name issuer, X500Name subject, PublicKey key, Validity validity)
            throws GeneralSecurityException, CertIOException {
        return new JcaX509v3CertificateBuilder(
                        issuer,
                        new BigInteger(SERIAL_BITS, RANDOM).add(BigInteger.ONE),
                        Date.from(validity.from()),
                        Date.from(validity.until()),
                        subject,
                        key)
                .addExtension(
                        Extension.subjectKeyIdentifier,
                        false,
                        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key));
    }

    /** @param key the certificate's own */
    private static Pair signed(X509v3CertificateBuilder builder, PrivateKey key, PrivateKey issuer)
            throws IOException, OperatorCreationException {
        byte[] certificate = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer))
                .getEncoded();
        return new Pair(pem("CERTIFICATE", certificate), pem("PRIVATE KEY", key.getEncoded()));
    }

    private static KeyPair newKeys() {
        return made(() -> {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        });
    }

    /** Empty when they can't be read. */
    private static Optional<KeyPair> keys(Pair pair) {
        try (PemReader reader = new PemReader(new StringReader(pair.key()))) {
            PemObject key = reader.readPemObject();
            return key == null
                    ? Optional.empty()
                    : Optional.of(new KeyPair(
                            certificate(pair).getPublicKey(),
                            KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key.getContent()))));
        } catch (IOException | GeneralSecurityException unreadable) {
            return Optional.empty();
        }
    }

    private static X509Certificate certificate(Pair pair) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pair.certificate().getBytes(StandardCharsets.US_ASCII)));
    }

    private static String pem(String what, byte[] content) throws IOException {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(what, content));
        }
        return text.toString();
    }

    private interface Making<T> {
        T make() throws IOException, GeneralSecurityException, OperatorCreationException;
    }

    private static <T> T made(Making<T> making) {
        try {
            return making.make();
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("no certificate could be made: " + e.getMessage(), e);
        }
    }
}
