package dev.memoir.runner.delivery;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What does not work at present, for {@code status}: logged when it begins and when it ends, not at each repetition. */
public final class Troubles {
    private static final Logger LOG = System.getLogger(Troubles.class.getName());

    private final Map<String, String> present = new ConcurrentHashMap<>();

    /** @param about a function or a part */
    public void report(String about, String trouble) {
        if (!trouble.equals(present.put(about, trouble))) {
            LOG.log(Level.WARNING, "{0}: {1}", about, trouble);
        }
    }

    public void clear(String about) {
        if (present.remove(about) != null) {
            LOG.log(Level.INFO, "{0}: works again", about);
        }
    }

    public Map<String, String> present() {
        return new TreeMap<>(present);
    }
}
