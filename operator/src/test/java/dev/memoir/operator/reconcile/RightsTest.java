package dev.memoir.operator.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The chart's rights are those that the code needs: that they suffice, the tests on a cluster show; here, that none is too many. */
class RightsTest {
    private static final Path FILES = Path.of("../charts/memoir-operator/files");
    private static final Set<String> OF_WHAT_IT_MAKES =
            new TreeSet<>(Set.of("get", "list", "watch", "create", "patch", "delete"));

    @Test
    void theChartGrantsWhatTheOperatorDoesAndNothingElse() throws IOException {
        Map<String, Set<String>> needed = new TreeMap<>();
        List<Class<? extends HasMetadata>> kinds = new ArrayList<>(Kinds.BUILT_IN);
        for (Extension extension : Extension.values()) {
            kinds.addAll(extension.kinds());
        }
        kinds.forEach(
                kind -> needed.put(HasMetadata.getGroup(kind) + "/" + HasMetadata.getPlural(kind), OF_WHAT_IT_MAKES));
        needed.put("memoir.dev/memoirinstances", new TreeSet<>(Set.of("get", "list", "watch")));
        needed.put("memoir.dev/memoirinstances/status", new TreeSet<>(Set.of("patch")));
        needed.put("events.k8s.io/events", new TreeSet<>(Set.of("create")));
        needed.put("serving.knative.dev/revisions", new TreeSet<>(Set.of("delete")));
        needed.put("/pods", new TreeSet<>(Set.of("get", "list", "delete")));

        assertEquals(needed, granted("rules.yaml"));
    }

    /** What lies in no namespace: only looked at. */
    @Test
    void clusterWideItLooksAtNodesAndRuntimeClasses() throws IOException {
        Set<String> looks = new TreeSet<>(Set.of("list"));
        assertEquals(
                new TreeMap<>(Map.of("/nodes", looks, "node.k8s.io/runtimeclasses", looks)),
                granted("cluster-rules.yaml"));
    }

    private static Map<String, Set<String>> granted(String file) throws IOException {
        Map<String, Set<String>> granted = new TreeMap<>();
        for (JsonNode rule : new YAMLMapper().readTree(FILES.resolve(file).toFile())) {
            Set<String> verbs = new TreeSet<>();
            rule.path("verbs").forEach(verb -> verbs.add(verb.asText()));
            for (JsonNode group : rule.path("apiGroups")) {
                for (JsonNode resource : rule.path("resources")) {
                    granted.put(group.asText() + "/" + resource.asText(), verbs);
                }
            }
        }
        return granted;
    }
}
