package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.parts.Parts;
import dev.memoir.parts.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code memoir images} makes, held on its smallest ones; tests that need a cluster run them all. */
class ImagesTest {
    private static final Path SCRIPTS = Ran.CHECKOUT.resolve("k8s/images");
    private static final boolean ON_ARM = Platform.current().orElseThrow() == Platform.LINUX_ARM64;
    private static final String HERE = ON_ARM ? "arm64" : "amd64";
    private static final String ELSEWHERE = ON_ARM ? "amd64" : "arm64";

    /** As the ELF specification numbers them (e_machine). */
    private static final Map<String, Integer> MACHINES = Map.of("amd64", 62, "arm64", 183);

    @TempDir
    private Path scratch;

    @Test
    void theContainerfileSaysWhatTheImagesAre() throws IOException {
        Ran said = run(List.of("python3", "-B", SCRIPTS + "/containerfile.py")).mustSucceed();
        assertEquals(
                said.out(), Files.readString(SCRIPTS.resolve("Containerfile")), "containerfile.py --write mends it");
    }

    @Test
    void anImageOfTheContainerfileStartsAsTheBuiltOneDoes() throws IOException {
        List<String> images = List.of("memoir-nats", "memoir-versitygw");
        build("parts", images).mustSucceed();
        String containerfile = Files.readString(SCRIPTS.resolve("Containerfile"));
        for (String name : images) {
            ImageArchive built = ImageArchive.read(scratch.resolve(name + ".tar"));
            assertEquals(built.config().path("config"), ContainerfileStage.of(containerfile, name), name);
        }
    }

    @Test
    void anImageForAnotherKindOfMachineHoldsProgramsOfThatKind() throws IOException {
        Ran.start(scratch, List.of("parts", "install", "--for", "linux-" + ELSEWHERE, "nats-server"))
                .finish()
                .mustSucceed();
        build("parts-linux-" + ELSEWHERE, List.of("--arch", ELSEWHERE, "memoir-nats"))
                .mustSucceed();
        ImageArchive image = ImageArchive.read(scratch.resolve("memoir-nats-" + ELSEWHERE + ".tar"));
        assertEquals(ELSEWHERE, image.entry().at("/platform/architecture").asText());
        assertEquals(ELSEWHERE, image.config().path("architecture").asText());
        assertEquals(MACHINES.get(ELSEWHERE), image.machineOf("bin/nats-server"));
    }

    @Test
    void aProgramOfTheWrongKindOfMachineIsRefused() {
        Ran refused =
                build("parts", List.of("--arch", ELSEWHERE, "memoir-nats")).mustEndWith(1);
        String said = "memoir-nats is for " + ELSEWHERE + ", but bin/nats-server is for " + HERE;
        assertTrue(refused.err().contains(said), refused.err());
    }

    private Ran build(String parts, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("python3", "-B", SCRIPTS + "/build.py", "--no-rehearsal"));
        command.addAll(List.of("--output", scratch.toString(), "--cache", scratch.toString()));
        command.addAll(List.of("--parts", Parts.cache().resolve(parts).toString()));
        // These images have neither of the two in them.
        command.addAll(List.of("--dist", scratch.toString(), "--operator", scratch.toString()));
        command.addAll(arguments);
        return run(command);
    }

    private Ran run(List<String> command) {
        return Ran.startProgram(scratch, command, Map.of()).finish();
    }
}
