package dev.memoir.operator.desired;

import java.util.Map;
import java.util.Optional;

/**
 * What an instance's objects are made from besides the instance.
 *
 * @param images of the operator's version
 * @param can what the cluster can do
 * @param secrets a hash of each secret's content by its name: pods are replaced when one of theirs changes
 * @param keys the issuer's public keys as a JWKS (RFC 7517)
 * @param keysAddress where the issuer has them, once that is known
 * @param onProcessors whether the AI does without its GPU for a while, since none can be had
 */
public record Given(
        Images images,
        Capabilities can,
        Map<String, String> secrets,
        String keys,
        Optional<String> keysAddress,
        boolean onProcessors) {
    public Given {
        secrets = Map.copyOf(secrets);
    }
}
