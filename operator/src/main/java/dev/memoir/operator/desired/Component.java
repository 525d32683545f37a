package dev.memoir.operator.desired;

import java.util.Locale;

/** The parts that an instance consists of. */
public enum Component {
    API,
    POSTPROCESSOR,
    AI,
    RUNNER,
    STORE,
    QUEUE,
    DATABASE,
    SETUP,
    SWEEP,
    VACUUM;

    /** As it stands in names and labels. */
    public String token() {
        return name().toLowerCase(Locale.ROOT);
    }
}
