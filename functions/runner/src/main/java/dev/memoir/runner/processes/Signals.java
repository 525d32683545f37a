package dev.memoir.runner.processes;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Asks processes to stop; Java itself only knows TERM and KILL. */
final class Signals {
    private Signals() {}

    static void send(ProcessHandle process, Launch.Signal signal) {
        switch (signal) {
            case TERM -> process.destroy();
            case INT -> interrupt(process);
        }
    }

    private static void interrupt(ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(5, TimeUnit.SECONDS);
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroy();
        }
    }
}
