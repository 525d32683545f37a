package dev.memoir.runner;

import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Log lines to standard output, one each: whoever starts the runner decides where they go. */
final class Output extends Handler {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    private final SimpleFormatter formatter = new SimpleFormatter();
    private final PrintStream out = System.out;

    private Output() {}

    /** Before anything else: libraries decide once whom they log to. */
    static void prepare() {
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.JULLogDelegateFactory");
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.setProperty("vertx.disableDnsResolver", "true");
        // small buffers: bodies are small or streamed, and this process never ends
        System.setProperty("io.netty.allocator.numHeapArenas", "0");
        System.setProperty("io.netty.allocator.numDirectArenas", "1");
        System.setProperty("io.netty.allocator.maxOrder", "4");
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(Level.INFO);
        root.addHandler(new Output());
        Logger.getLogger("io.netty").setLevel(Level.WARNING);
    }

    @Override
    public void publish(LogRecord record) {
        if (isLoggable(record)) {
            String level = record.getLevel().intValue() >= Level.WARNING.intValue() ? record.getLevel() + " " : "";
            out.println(TIME.format(record.getInstant()) + " " + level + formatter.formatMessage(record)
                    + (record.getThrown() == null ? "" : " (" + record.getThrown() + ")"));
        }
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() {
        flush();
    }
}
