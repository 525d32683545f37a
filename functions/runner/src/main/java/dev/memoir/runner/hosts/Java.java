package dev.memoir.runner.hosts;

import dev.memoir.parts.ArgumentFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines for Java programs that start fast and stay small. */
public final class Java {
    private static final List<String> SMALL = ArgumentFile.beside(Java.class, "function.flags");

    private Java() {}

    /** The program that runs this JVM, so that caches fit. */
    public static String program() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /**
     * @param jar started with {@code java -jar}
     * @param heapMib its largest heap
     */
    public static List<String> command(Path jar, int heapMib, List<String> more) {
        List<String> command = new ArrayList<>();
        command.add(program());
        command.addAll(SMALL);
        command.add("-Xmx" + heapMib + "m");
        command.addAll(more);
        command.add("-jar");
        command.add(jar.toString());
        return command;
    }

    /** Takes the cache if it is there; one that does not fit only costs time, and says nothing. */
    public static List<String> cached(Path cache) {
        return Files.exists(cache) ? List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off") : List.of();
    }
}
