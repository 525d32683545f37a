package dev.memoir.store;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Signs addresses by AWS Signature Version 4 in the query ("Authenticating Requests: Using Query Parameters" of the S3
 * API reference). The instant is an argument, which the MinIO SDK's signer does not allow: an address that stays the
 * same for a day has to be signed at the day's start, whenever it is asked for.
 */
final class QuerySigner {
    /** No signature of this kind is accepted for longer, by the same reference. */
    static final Duration LONGEST = Duration.ofDays(7);

    private final SigningScope scope;
    private final String accessKey;

    QuerySigner(String region, String accessKey, String secretKey) {
        this.scope = new SigningScope(region, "s3", secretKey);
        this.accessKey = accessKey;
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
        String stamp = SigningScope.stamp(at);
        SortedMap<String, String> signedHeaders = new TreeMap<>();
        headers.forEach((name, value) -> signedHeaders.put(name.toLowerCase(Locale.ROOT), value.strip()));
        String host = host(endpoint);
        signedHeaders.put("host", host);
        String names = String.join(";", signedHeaders.keySet());

        SortedMap<String, String> parameters = new TreeMap<>();
        query.forEach((name, value) -> parameters.put(encode(name), encode(value)));
        parameters.put("X-Amz-Algorithm", SigningScope.ALGORITHM);
        parameters.put("X-Amz-Credential", encode(accessKey + "/" + scope.text(stamp)));
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
        String signature = scope.signature(stamp, request);
        return URI.create(
                endpoint.getScheme() + "://" + host + path + "?" + canonicalQuery + "&X-Amz-Signature=" + signature);
    }

    /** As clients send it: without the scheme's own port. */
    private static String host(URI endpoint) {
        boolean usual = endpoint.getPort() == ("https".equals(endpoint.getScheme()) ? 443 : 80);
        return usual ? endpoint.getHost() : endpoint.getRawAuthority();
    }

    private static String encode(String text) {
        return Addresses.encode(text, false);
    }
}
