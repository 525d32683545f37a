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
    VACUUM,
    FACES,
    GROUPING,
    PRE_PULL;

    /** As it stands in names and labels. */
    public String token() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
