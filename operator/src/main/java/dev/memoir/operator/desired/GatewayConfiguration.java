package dev.memoir.operator.desired;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.memoir.gateway.EdgeLimits;
import dev.memoir.gateway.Gate;
import dev.memoir.gateway.KrakenD;
import dev.memoir.gateway.SigningKeys;
import dev.memoir.operator.api.Edge;
import dev.memoir.operator.api.Identity;
import dev.memoir.operator.api.MemoirInstance;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a gateway before the runner is told, for whoever runs one. */
public final class GatewayConfiguration {
    private static final String FILE = "krakend.json";

    /** Of an issuer that has no other key the edge believes nobody either. */
    private static final String USUAL_ALGORITHM = "RS256";

    private static final JsonMapper JSON = new JsonMapper();

    private GatewayConfiguration() {}

    /** @return empty when none is wished for, and until it is known where the issuer has its keys */
    public static Optional<ConfigMap> of(MemoirInstance instance, Given given) {
        Names names = new Names(instance);
        return Optional.ofNullable(instance.getSpec().edge().gateway())
                .flatMap(wish -> given.keysAddress().map(address -> content(wish, names, address, given.keys())))
                .map(content -> new ConfigMapBuilder()
                        .withMetadata(names.owned(names.of("gateway"), names.labels()))
                        .withData(Map.of(FILE, content))
                        .build());
    }

    private static String content(Edge.Gateway wish, Names names, String keysAddress, String keys) {
        Identity identity = names.instance().getSpec().identity();
        try {
            Gate gate = new Gate(
                    "http://" + names.host(Component.RUNNER),
                    new Gate.Issuer(
                            identity.issuer(),
                            identity.audience(),
                            keysAddress,
                            SigningKeys.algorithm(JSON.readTree(keys)).orElse(USUAL_ALGORITHM),
                            identity.claims().subject(),
                            identity.claims().groups()),
                    List.of(),
                    List.of(),
                    EdgeLimits.PER_SUBJECT);
            return switch (wish) {
                case krakend ->
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsString(KrakenD.configuration(gate)) + "\n";
            };
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the issuer's keys are no JSON", e);
        }
    }
}
