package dev.memoir.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * An authority, or several, whose certificates a connection believes. It is text and no file: a
 * function's pod has no volume, since that would slow its start.
 */
public final class Authority {
    private final SameHost trust;

    private Authority(SameHost trust) {
        this.trust = trust;
    }

    /**
     * @param pem certificates (RFC 7468)
     * @throws IllegalArgumentException when it holds none, or something else
     */
    public static Authority of(String pem) {
        try {
            Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            if (certificates.isEmpty()) {
                throw new CertificateException("there is none");
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (Certificate certificate : certificates) {
                store.setCertificateEntry(Integer.toString(store.size()), certificate);
            }
            return trusting(store);
        } catch (CertificateException e) {
            throw new IllegalArgumentException("certificates in PEM format are needed: " + e.getMessage(), e);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java can do this", e);
        }
    }

    /** All that Java knows. */
    public static Authority known() {
        try {
            return trusting(null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java knows some", e);
        }
    }

    private static Authority trusting(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return new Authority(new SameHost((X509ExtendedTrustManager) factory.getTrustManagers()[0]));
    }

    public X509ExtendedTrustManager trust() {
        return trust;
    }

    /** Also refuses a certificate that is for another host, which not every client looks at by itself. */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }
}
