package dev.memoir.runner.metrics;

/** Writes Prometheus' text format, version 0.0.4. */
public final class Exposition {
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder();

    /** Begins a family, whose samples follow. */
    public Exposition family(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        return this;
    }

    /** @param labels as {@link #labels} makes them */
    public Exposition sample(String name, String labels, double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
        text.append(name)
                .append(labels)
                .append(' ')
                .append(whole ? Long.toString((long) value) : Double.toString(value))
                .append('\n');
        return this;
    }

    public void append(Exposition other) {
        text.append(other.text);
    }

    /**
     * @param pairs name, value, name, value…: words of the program, since nothing is escaped
     * @return such as {@code {function="ai"}}
     */
    public static String labels(String... pairs) {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            labels.append(i == 0 ? '{' : ',')
                    .append(pairs[i])
                    .append("=\"")
                    .append(pairs[i + 1])
                    .append('"');
        }
        return labels.append('}').toString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
