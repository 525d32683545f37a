package dev.memoir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoir.media.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** From the end of a PUT until the photo can be seen, and until it has labels: from zero, and with all awake. */
@Command(name = "path", description = "Put to visible and put to labelled, from zero and warm.")
final class PutToLabelled implements Callable<Integer> {
    @Option(names = "--rounds", defaultValue = "10", description = "How often each (default ${DEFAULT-VALUE}).")
    private int rounds;

    @Parameters(paramLabel = "SAMPLE", description = "A photo to enlarge to 12 megapixels.")
    private Path sample;

    private double[] visible;
    private double[] labelled;

    @Override
    public Integer call() throws Exception {
        byte[] photo;
        try (var in = Files.newInputStream(sample)) {
            photo = RealPhotos.jpeg(in, 12, 1);
        }
        System.out.printf(
                "%n| 12 MP JPEG, %.1f MB | visible ms | labelled ms |%n| --- | --- | --- |%n", photo.length / 1e6);
        try (var memoir = LiveMemoir.start(4)) {
            memoir.awaitRehearsed();
            measure(memoir, photo, 0, true);
            print("from zero");
            once(memoir, photo, 999, -1);
            measure(memoir, photo, 1000, false);
            print("warm");
        }
        return 0;
    }

    private void measure(LiveMemoir memoir, byte[] photo, int base, boolean fromZero) throws Exception {
        visible = new double[rounds];
        labelled = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            if (fromZero) {
                memoir.awaitAsleep();
                Thread.sleep(500);
            }
            once(memoir, photo, base + i, i);
        }
    }

    private void once(LiveMemoir memoir, byte[] photo, int number, int index) throws Exception {
        String key = "bench/" + number + ".jpg";
        byte[] content = RealPhotos.variant(photo, number);
        try (var store = memoir.store()) {
            store.put("originals", key, content, "image/jpeg");
        }
        Instant put = Instant.now();
        Thread.sleep(300);
        memoir.awaitQueueEmpty(Duration.ofMinutes(1));
        String question = "{ asset(sha256: \"%s\") { visibleAt labelledAt } }".formatted(sha256(content));
        JsonNode asset = memoir.graphql(question).path("asset");
        while (!asset.hasNonNull("labelledAt")) {
            Thread.sleep(50);
            asset = memoir.graphql(question).path("asset");
        }
        if (index >= 0) {
            visible[index] = since(put, asset.path("visibleAt"));
            labelled[index] = since(put, asset.path("labelledAt"));
        }
    }

    private static String sha256(byte[] content) throws NoSuchAlgorithmException {
        return Sha256.of(MessageDigest.getInstance("SHA-256").digest(content)).hex();
    }

    private static double since(Instant put, JsonNode at) {
        return Duration.between(put, Instant.parse(at.asText())).toNanos() / 1e6;
    }

    private void print(String how) {
        System.out.printf("| %s | %s | %s |%n", how, new Figures(visible), new Figures(labelled));
    }
}
