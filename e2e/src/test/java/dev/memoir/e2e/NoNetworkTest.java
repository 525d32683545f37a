package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The command on a machine that reaches nothing but itself: in a network namespace with loopback alone. */
class NoNetworkTest {
    private static final String LOOPBACK_ALONE = "ip link set lo up && exec \"$@\"";

    private final Household household = new Household();

    @BeforeAll
    static void namespaces() throws Exception {
        Process tried = new ProcessBuilder(inside(List.of("true")))
                .redirectErrorStream(true)
                .start();
        String said = new String(tried.getInputStream().readAllBytes());
        assumeTrue(tried.waitFor() == 0, "no network namespace can be made here, which only root may: " + said);
    }

    private static List<String> inside(List<String> command) {
        List<String> all = new ArrayList<>(List.of("unshare", "-n", "sh", "-c", LOOPBACK_ALONE, "sh"));
        all.addAll(command);
        return all;
    }

    private Ran offline(Map<String, String> environment, String... command) {
        return Ran.startProgram(household.folder(), inside(List.of(command)), environment)
                .finish();
    }

    @Test
    void whenAllIsInstalledUpAndDemoNeedNoNetwork() {
        try (household) {
            String memoir = Ran.CHECKOUT.resolve("memoir").toString();
            String data = " --data " + household.library();
            String script = memoir + " " + String.join(" ", household.starting("up", "--detach")) + data + " >&2 && "
                    + memoir + " demo --json" + data + " && " + memoir + " down" + data + " >&2";
            Ran ran = offline(Map.of(), "sh", "-c", script).mustSucceed();
            assertTrue(ran.json().path("assets").size() >= 5, ran.out());
            ran.json()
                    .path("assets")
                    .forEach(asset -> assertEquals("ready", asset.path("state").asText(), asset::toString));
        }
    }

    @Test
    void aFirstStartSaysThatPartsNeedTheNetworkOnce() throws IOException {
        try (household) {
            Path cache = household.outside("cache");
            Files.createSymbolicLink(cache.resolve("builds"), builds());
            Map<String, String> environment = new HashMap<>(Map.of("MEMOIR_CACHE", cache.toString()));
            // What Go has fetched before would be enough for it.
            environment.put("GOMODCACHE", household.outside("go").toString());
            Ran ran = offline(
                            environment,
                            Ran.CHECKOUT.resolve("memoir").toString(),
                            "up",
                            "--detach",
                            "--data",
                            household.library().toString())
                    .mustEndWith(1);
            assertTrue(ran.err().contains("The network does not reach it. It is needed once on a machine"), ran.err());
            assertEquals(List.of(), household.processes());
        }
    }

    private static Path builds() {
        String cache = System.getenv("MEMOIR_CACHE");
        Path folder = cache == null ? Path.of(System.getProperty("user.home"), ".cache/memoir") : Path.of(cache);
        return folder.resolve("builds");
    }

    @Test
    void aFirstBuildSaysThatItNeedsTheNetwork() throws Exception {
        try (household) {
            Path checkout = household.outside("checkout");
            String copy = "cd " + Ran.CHECKOUT + " && tar -cf - --exclude=target --exclude=node_modules"
                    + " memoir pom.xml parts functions models cli bench web | tar -xf - -C " + checkout;
            assertEquals(0, new ProcessBuilder("sh", "-c", copy).start().waitFor());
            Ran ran = offline(
                            Map.of(
                                    "MEMOIR_CACHE",
                                    household.outside("cache").toString(),
                                    "MAVEN_OPTS",
                                    "-Dmaven.repo.local=" + household.outside("repository")),
                            checkout.resolve("memoir").toString(),
                            "status")
                    .mustEndWith(1);
            assertTrue(ran.err().contains("A library could not be got: the first build needs the network"), ran.err());
        }
    }
}
