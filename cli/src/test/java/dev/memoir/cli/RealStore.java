package dev.memoir.cli;

import dev.memoir.store.MediaStore;
import dev.memoir.testkit.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A library whose store is real and whose runner is a stand-in. */
record RealStore(Path library, TestStore server, FakeRunner runner, MediaStore store) implements AutoCloseable {

    static RealStore in(Path library) throws IOException {
        TestStore server = TestStore.start();
        FakeRunner runner = FakeRunner.in(library, server.endpoint());
        Files.createDirectories(library.resolve("secrets"));
        Files.writeString(
                library.resolve("secrets/store.json"),
                "{\"accessKey\":\"%s\",\"secretKey\":\"%s\"}".formatted(server.accessKey(), server.secretKey()));
        Installation installation = Installation.of(Optional.of(library), Map.of());
        MediaStore store = StoreKey.read(installation, "store")
                .open(RunnerFile.read(installation.runnerFile()).orElseThrow());
        store.buckets().ensure(StoreKey.ORIGINALS, true);
        return new RealStore(library, server, runner, store);
    }

    /** The folder with a folder for each bucket. */
    Path root() {
        return server.root();
    }

    @Override
    public void close() {
        store.close();
        runner.close();
        server.close();
    }
}
