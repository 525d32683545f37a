package dev.memoir.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.testkit.TestCertificate;
import dev.memoir.testkit.TestQueue;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sockets like those of the queue's client, which does not look at the host, to a server with TLS. */
class AuthorityTest {
    private static TestCertificate own;
    private static TestCertificate other;
    private static TestQueue server;

    @BeforeAll
    static void serve() {
        own = TestCertificate.make();
        other = TestCertificate.make();
        server = TestQueue.start(own);
    }

    @AfterAll
    static void close() {
        server.close();
        own.close();
        other.close();
    }

    @Test
    void itsCertificateIsBelievedForItsOwnHost() throws IOException {
        handshake(Authority.of(own.certificate()), "localhost");
    }

    @Test
    void oneOfSeveralIsEnough() throws IOException {
        handshake(Authority.of(other.certificate() + own.certificate()), "localhost");
    }

    @Test
    void aCertificateForAnotherHostIsRefused() {
        assertThrows(SSLHandshakeException.class, () -> handshake(Authority.of(own.certificate()), "127.0.0.1"));
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefused() {
        assertThrows(SSLHandshakeException.class, () -> handshake(Authority.of(other.certificate()), "localhost"));
        assertThrows(SSLHandshakeException.class, () -> handshake(Authority.known(), "localhost"));
    }

    @Test
    void whatIsNoCertificateIsNamedSo() {
        for (String wrong : new String[] {"", "mine", own.key()}) {
            Exception refusal = assertThrows(IllegalArgumentException.class, () -> Authority.of(wrong));
            assertTrue(refusal.getMessage().startsWith("certificates in PEM format are needed"), refusal.getMessage());
        }
    }

    /** nats-server greets before it changes to TLS. */
    private static void handshake(Authority authority, String host) throws IOException {
        try (Socket plain = new Socket(host, server.port())) {
            StringBuilder greeting = new StringBuilder();
            for (int next = plain.getInputStream().read();
                    next != '\n';
                    next = plain.getInputStream().read()) {
                greeting.append((char) next);
            }
            assertTrue(greeting.toString().contains("\"tls_required\":true"), greeting.toString());
            try (SSLSocket secure = (SSLSocket)
                    authority.context().getSocketFactory().createSocket(plain, host, server.port(), false)) {
                secure.startHandshake();
                secure.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
                assertEquals('-', secure.getInputStream().read(), "without user and password nobody is let in");
            }
        }
    }
}
