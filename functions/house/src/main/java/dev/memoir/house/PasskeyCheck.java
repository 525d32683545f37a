package dev.memoir.house;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.util.exception.WebAuthnException;
import dev.memoir.house.HouseRefusal.Reason;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a browser has made or signed is what it should be: for this site's pages, for this challenge, by this key, with somebody
 * present. Who made the authenticator is not asked.
 */
final class PasskeyCheck {
    private static final List<PublicKeyCredentialParameters> ALGORITHMS = Stream.of(
                    COSEAlgorithmIdentifier.ES256, COSEAlgorithmIdentifier.EdDSA, COSEAlgorithmIdentifier.RS256)
            .map(algorithm -> new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, algorithm))
            .toList();

    private final ObjectConverter converter = new ObjectConverter();
    private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);

    /** @throws HouseRefusal when it is not */
    Passkey made(Site site, String challenge, Passkey.Made made, Instant now) {
        try {
            RegistrationData checked = manager.verify(
                    new RegistrationRequest(bytes(made.attestationObject()), bytes(made.clientData())),
                    new RegistrationParameters(server(site, challenge), ALGORITHMS, false, true));
            AuthenticatorData<?> data = checked.getAttestationObject().getAuthenticatorData();
            AttestedCredentialData credential = data.getAttestedCredentialData();
            return new Passkey(
                    text(credential.getCredentialId()),
                    text(converter.getCborConverter().writeValueAsBytes(credential.getCOSEKey())),
                    data.getSignCount(),
                    site.name(),
                    data.isFlagBE(),
                    made.transports(),
                    made.label(),
                    now,
                    Optional.empty());
        } catch (WebAuthnException | IllegalArgumentException e) {
            throw new HouseRefusal(Reason.BAD_PASSKEY, "what the browser made is no passkey for this page: try again");
        }
    }

    /** @return what its counter says now; empty when it is not, or the counter has not gone on: then it may be a copy's */
    Optional<Long> signed(Site site, String challenge, Passkey passkey, Passkey.Signed signed) {
        try {
            COSEKey key = converter.getCborConverter().readValue(bytes(passkey.publicKey()), COSEKey.class);
            byte[] id = bytes(passkey.id());
            var record = new CredentialRecordImpl(
                    new NoneAttestationStatement(),
                    null,
                    passkey.backedUp(),
                    null,
                    passkey.counter(),
                    new AttestedCredentialData(AAGUID.ZERO, id, key),
                    null,
                    null,
                    null,
                    null);
            return Optional.of(manager.verify(
                            new AuthenticationRequest(
                                    id,
                                    bytes(signed.authenticatorData()),
                                    bytes(signed.clientData()),
                                    bytes(signed.signature())),
                            new AuthenticationParameters(server(site, challenge), record, null, false, true))
                    .getAuthenticatorData()
                    .getSignCount());
        } catch (WebAuthnException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ServerProperty server(Site site, String challenge) {
        return new ServerProperty(new Origin(site.origin()), site.name(), new DefaultChallenge(bytes(challenge)));
    }

    private static byte[] bytes(String base64Url) {
        return Base64.getUrlDecoder().decode(base64Url);
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
