package dev.memoir.house;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** An authenticator with one passkey, as W3C Web Authentication Level 3, section 6 describes it, that does as a test says. */
final class TestPasskey {
    private static final byte PRESENT = 0x01;
    private static final byte VERIFIED = 0x04;
    private static final byte CREDENTIAL = 0x40;

    private final KeyPair keys;
    private final byte[] id = new byte[16];
    int counter = 1;
    boolean present = true;

    TestPasskey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        new SecureRandom().nextBytes(id);
    }

    String id() {
        return text(id);
    }

    Passkey.Made made(Site page, String site, String challenge) throws Exception {
        byte[] key = new ObjectConverter()
                .getCborConverter()
                .writeValueAsBytes(EC2COSEKey.create((ECPublicKey) keys.getPublic(), COSEAlgorithmIdentifier.ES256));
        byte[] credential = ByteBuffer.allocate(16 + 2 + id.length + key.length)
                .put(new byte[16])
                .putShort((short) id.length)
                .put(id)
                .put(key)
                .array();
        Map<String, Object> attestation = new LinkedHashMap<>();
        attestation.put("fmt", "none");
        attestation.put("attStmt", Map.of());
        attestation.put("authData", authenticatorData(site, CREDENTIAL, credential));
        return new Passkey.Made(
                text(new ObjectMapper(new CBORFactory()).writeValueAsBytes(attestation)),
                text(clientData("webauthn.create", page, challenge)),
                Set.of("internal"),
                "Anna’s phone\n");
    }

    Passkey.Signed signed(Site page, String site, String challenge, String handle) throws Exception {
        counter++;
        byte[] data = authenticatorData(site, (byte) 0, new byte[0]);
        byte[] client = clientData("webauthn.get", page, challenge);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(data);
        signature.update(sha256(client));
        return new Passkey.Signed(text(id), handle, text(data), text(client), text(signature.sign()));
    }

    private byte[] authenticatorData(String site, byte more, byte[] rest) throws Exception {
        byte flags = (byte) (more | VERIFIED | (present ? PRESENT : 0));
        return ByteBuffer.allocate(32 + 1 + 4 + rest.length)
                .put(sha256(site.getBytes(StandardCharsets.UTF_8)))
                .put(flags)
                .putInt(counter)
                .put(rest)
                .array();
    }

    private static byte[] clientData(String type, Site page, String challenge) {
        return "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}"
                .formatted(type, challenge, page.origin())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
