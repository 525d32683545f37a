package dev.memoir.ai.cloud;

import dev.memoir.store.SigningScope;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Signs a POST to the root of a service by AWS Signature Version 4 in the headers ("Create a signed AWS API request" of the IAM
 * user guide).
 */
final class SignatureV4 {
    private final SigningScope scope;
    private final String accessKey;

    SignatureV4(String region, String service, String accessKey, String secretKey) {
        this.scope = new SigningScope(region, service, secretKey);
        this.accessKey = accessKey;
    }

    /**
     * @param headers that are signed beside the host and the date
     * @return those and what else the request must carry
     */
    Map<String, String> sign(URI address, Map<String, String> headers, byte[] body, Instant at) {
        String stamp = SigningScope.stamp(at);
        SortedMap<String, String> signed = new TreeMap<>(headers);
        signed.put("host", address.getRawAuthority());
        signed.put("x-amz-date", stamp);
        String names = String.join(";", signed.keySet());
        StringBuilder canonical = new StringBuilder("POST\n/\n\n");
        signed.forEach((name, value) ->
                canonical.append(name).append(':').append(value).append('\n'));
        canonical.append('\n').append(names).append('\n').append(SigningScope.sha256(body));
        Map<String, String> all = new TreeMap<>(headers);
        all.put("x-amz-date", stamp);
        all.put(
                "authorization",
                SigningScope.ALGORITHM + " Credential=" + accessKey + "/" + scope.text(stamp) + ", SignedHeaders="
                        + names + ", Signature=" + scope.signature(stamp, canonical.toString()));
        return all;
    }
}
