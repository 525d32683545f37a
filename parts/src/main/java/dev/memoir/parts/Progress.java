package dev.memoir.parts;

/** Told what an installation does, one short line at a time, from any thread. */
@FunctionalInterface
public interface Progress {
    void step(Part part, String line);

    /** Says nothing. */
    static Progress silent() {
        return (part, line) -> {};
    }
}
