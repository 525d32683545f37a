package dev.memoir.house;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is kept of a passkey (W3C Web Authentication Level 3): nothing of it is secret.
 *
 * @param id the credential's, base64url
 * @param publicKey a COSE key (RFC 9052) in CBOR, base64url
 * @param counter how often it has signed, as far as it says so; 0 where it never does
 * @param site the relying party's id: the name of the site that it is for
 * @param backedUp whether it may be copied to other devices of its owner
 * @param transports how browsers reach it, such as {@code internal} or {@code usb}
 * @param label what its owner calls it
 */
public record Passkey(
        String id,
        String publicKey,
        long counter,
        String site,
        boolean backedUp,
        Set<String> transports,
        String label,
        Instant createdAt,
        Optional<Instant> usedAt) {
    public Passkey {
        transports = Set.copyOf(transports);
    }

    /** Whether this is still the key that was checked, and no use since then has counted as far. */
    boolean goesOn(Passkey checked, long newCounter) {
        return publicKey.equals(checked.publicKey) && (newCounter > counter || newCounter == 0 && counter == 0);
    }

    Passkey used(long newCounter, Instant now) {
        return new Passkey(id, publicKey, newCounter, site, backedUp, transports, label, createdAt, Optional.of(now));
    }

    /**
     * What a browser has made.
     *
     * @param attestationObject base64url
     * @param clientData base64url
     */
    public record Made(String attestationObject, String clientData, Set<String> transports, String label) {}

    /**
     * What a browser has signed; all but the handle base64url.
     *
     * @param id of the credential
     * @param handle of the person, as the authenticator knows it
     */
    public record Signed(String id, String handle, String authenticatorData, String clientData, String signature) {}
}
