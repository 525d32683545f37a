package dev.memoir.store;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs addresses by AWS Signature Version 4 in the query ("Authenticating Requests: Using Query Parameters" of the S3
 * API reference). The instant is an argument, which the MinIO SDK's signer does not allow: an address that stays the
 * same for a day has to be signed at the day's start, whenever it is asked for.
 */
final class QuerySigner {
    /** No signature of this kind is accepted for longer, by the same reference. */
    static final Duration LONGEST = Duration.ofDays(7);

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private final String region;
    private final String accessKey;
    private final String secretKey;

    QuerySigner(String region, String accessKey, String secretKey) {
        this.region = region;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
    }

    /**
     * @param endpoint scheme, host and port; a path in it is not allowed, since the store signs its own
     * @param query further parameters, decoded
     * @param headers that the request must carry as they are, without {@code Host}
     * @param at seconds count, fractions don't
     * @param validity at most {@link #LONGEST}
     */
    URI sign(
            String method,
            URI endpoint,
            String bucket,
            String key,
            Map<String, String> query,
            Map<String, String> headers,
            Instant at,
            Duration validity) {
        if (validity.compareTo(LONGEST) > 0 || validity.toSeconds() < 1) {
            throw new IllegalArgumentException("a signed address is valid for 1 second to 7 days, not " + validity);
        }
        String stamp = STAMP.format(at);
        String scope = stamp.substring(0, 8) + "/" + region + "/s3/aws4_request";
        SortedMap<String, String> signedHeaders = new TreeMap<>();
        headers.forEach((name, value) -> signedHeaders.put(name.toLowerCase(Locale.ROOT), value.strip()));
        String host = host(endpoint);
        signedHeaders.put("host", host);
        String names = String.join(";", signedHeaders.keySet());

        SortedMap<String, String> parameters = new TreeMap<>();
        query.forEach((name, value) -> parameters.put(encode(name), encode(value)));
        parameters.put("X-Amz-Algorithm", ALGORITHM);
        parameters.put("X-Amz-Credential", encode(accessKey + "/" + scope));
        parameters.put("X-Amz-Date", stamp);
        parameters.put("X-Amz-Expires", Long.toString(validity.toSeconds()));
        parameters.put("X-Amz-SignedHeaders", encode(names));
        String canonicalQuery = parameters.entrySet().stream()
                .map(p -> p.getKey() + "=" + p.getValue())
                .collect(Collectors.joining("&"));
        String path = Addresses.path(bucket, key);
        String canonicalHeaders = signedHeaders.entrySet().stream()
                .map(h -> h.getKey() + ":" + h.getValue() + "\n")
                .collect(Collectors.joining());
        String request = String.join("\n", method, path, canonicalQuery, canonicalHeaders, names, "UNSIGNED-PAYLOAD");
        String toSign = String.join("\n", ALGORITHM, stamp, scope, sha256(request));
        String signature = HexFormat.of().formatHex(hmac(signingKey(stamp.substring(0, 8)), toSign));
        return URI.create(
                endpoint.getScheme() + "://" + host + path + "?" + canonicalQuery + "&X-Amz-Signature=" + signature);
    }

    /** As clients send it: without the scheme's own port. */
    private static String host(URI endpoint) {
        boolean usual = endpoint.getPort() == ("https".equals(endpoint.getScheme()) ? 443 : 80);
        return usual ? endpoint.getHost() : endpoint.getRawAuthority();
    }

    private byte[] signingKey(String date) {
        byte[] secret = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
        return hmac(hmac(hmac(hmac(secret, date), region), "s3"), "aws4_request");
    }

    private static String encode(String text) {
        return Addresses.encode(text, false);
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
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
