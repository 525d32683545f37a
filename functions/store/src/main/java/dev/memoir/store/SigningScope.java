package dev.memoir.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What every use of AWS Signature Version 4 has in common ("Create a signed AWS API request" of the IAM user guide): the
 * credential's scope, and the signature of a canonical request by the key that is derived for it.
 */
public final class SigningScope {
    public static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final String region;
    private final String service;
    private final String secretKey;

    public SigningScope(String region, String service, String secretKey) {
        this.region = region;
        this.service = service;
        this.secretKey = secretKey;
    }

    /** A time as requests say it. */
    public static String stamp(Instant at) {
        return STAMP.format(at);
    }

    /** @param stamp see {@link #stamp} */
    public String text(String stamp) {
        return stamp.substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
    }

    /** @return hexadecimal */
    public String signature(String stamp, String canonicalRequest) {
        String scope = text(stamp);
        String toSign =
                String.join("\n", ALGORITHM, stamp, scope, sha256(canonicalRequest.getBytes(StandardCharsets.UTF_8)));
        byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(hmac(key, toSign));
    }

    /** @return hexadecimal */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
