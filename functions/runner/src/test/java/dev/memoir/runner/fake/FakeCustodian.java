package dev.memoir.runner.fake;

import dev.memoir.events.Streams;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A custodian for tests: makes the streams, and writes down which jobs it was given. */
public final class FakeCustodian {
    private FakeCustodian() {}

    @SuppressWarnings("try") // closing may be interrupted
    public static void main(String[] arguments) throws Exception {
        Files.writeString(
                Path.of("journal-custodian"),
                String.join(" ", arguments) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        if (arguments[0].equals("setup")) {
            try (Connection connection = Nats.connect(System.getenv("MEMOIR_NATS_URL"))) {
                Streams.ensure(connection);
            }
        }
        String faces = arguments[0].equals("faces") ? ",\"faces\":\"" + arguments[1].replace("--", "") + "\"" : "";
        System.out.println("{\"job\":\"" + arguments[0] + "\",\"objects\":3" + faces + "}");
    }
}
