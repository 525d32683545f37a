package dev.memoir.runner.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.runner.database.DatabaseDown;
import dev.memoir.runner.database.Lease;
import dev.memoir.runner.processes.Child;
import dev.memoir.runner.processes.Launch;
import dev.memoir.runner.processes.Processes;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Runs the custodian's jobs, one at a time, with the database awake. A job prints lines of JSON; the last one is its
 * result.
 */
public final class Custodian {
    private static final Logger LOG = System.getLogger(Custodian.class.getName());
    /** The job that says anew whose all faces are. */
    public static final String GROUPING = "people";

    private static final int REMEMBERED = 50;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Processes processes;
    private final Launcher launch;
    private final Lease database;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final Map<String, Job> jobs = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Job> eldest) {
            return size() > REMEMBERED;
        }
    });
    private volatile Child running;
    private volatile boolean closed;

    public Custodian(Processes processes, Launcher launch, Lease database) {
        this.processes = processes;
        this.launch = launch;
        this.database = database;
    }

    /** How the custodian is started for a command such as {@code sweep}, or {@code faces --on}. */
    public interface Launcher {
        /** @param arguments for it, which may have spaces */
        Launch command(String command, List<String> arguments) throws IOException;
    }

    /** Where a job stands. */
    public enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED
    }

    /**
     * A moment's view of a job.
     *
     * @param arguments of the command; they may name people, so that no log has them
     * @param said the last line of JSON; null when there was none
     * @param error why it failed
     */
    public record Job(
            String id,
            String command,
            List<String> arguments,
            State state,
            Optional<Instant> started,
            Optional<Instant> ended,
            JsonNode said,
            Optional<String> error) {
        private static Job waiting(String command, List<String> arguments) {
            return new Job(
                    UUID.randomUUID().toString(),
                    command,
                    arguments,
                    State.WAITING,
                    Optional.empty(),
                    Optional.empty(),
                    NullNode.getInstance(),
                    Optional.empty());
        }

        private Job runs() {
            return new Job(id, command, arguments, State.RUNNING, Optional.of(Instant.now()), ended, said, error);
        }

        private Job says(JsonNode line) {
            return new Job(id, command, arguments, state, started, ended, line, error);
        }

        private Job ends(Optional<String> failure) {
            State end = failure.isEmpty() ? State.DONE : State.FAILED;
            return new Job(id, command, arguments, end, started, Optional.of(Instant.now()), said, failure);
        }
    }

    /** Starts a job in the background. */
    public Job begin(String command, String... arguments) {
        return begin(Job.waiting(command, List.of(arguments)), ended -> {});
    }

    /** @param next told how it ended */
    public Job begin(String command, Consumer<Job> next) {
        return begin(Job.waiting(command, List.of()), next);
    }

    private Job begin(Job waiting, Consumer<Job> next) {
        Job job = remember(waiting);
        Thread.ofVirtual().name("job-" + job.command()).start(() -> next.accept(work(job, () -> {})));
        return job;
    }

    /**
     * Runs a job and returns it when it has ended.
     *
     * @param begins called when its turn has come
     */
    public Job run(String command, Runnable begins) {
        return work(remember(Job.waiting(command, List.of())), begins);
    }

    /** Whether a job is under way or waits. */
    public boolean busy() {
        synchronized (jobs) {
            return jobs.values().stream().anyMatch(job -> job.ended().isEmpty());
        }
    }

    /** Those that are remembered, the newest first. */
    public List<Job> jobs() {
        synchronized (jobs) {
            return List.copyOf(jobs.values()).reversed();
        }
    }

    public Optional<Job> job(String id) {
        return Optional.ofNullable(jobs.get(id));
    }

    /** The last one of that command that has ended. */
    public Optional<Job> last(String command) {
        synchronized (jobs) {
            Collection<Job> all = jobs.values();
            return all.stream()
                    .filter(job -> job.command().equals(command) && job.ended().isPresent())
                    .reduce((earlier, later) -> later);
        }
    }

    /** Whether faces are looked for: {@code on}, {@code off} or {@code undecided}, as the last job that knows it said. */
    public String faces() {
        synchronized (jobs) {
            return jobs.values().stream()
                    .filter(job -> job.ended().isPresent() && job.said().has("faces"))
                    .map(job -> job.said().path("faces").asText())
                    .reduce("undecided", (earlier, later) -> later);
        }
    }

    private Job work(Job waiting, Runnable begins) {
        oneAtATime.lock();
        try (Lease.Held _ = database.acquire()) {
            begins.run();
            Job job = remember(waiting.runs());
            LOG.log(Level.INFO, "{0} begins", job.command());
            Job ended = remember(execute(job));
            ended.error()
                    .ifPresentOrElse(
                            error -> LOG.log(Level.ERROR, "{0} failed: {1}", ended.command(), error),
                            () -> LOG.log(Level.INFO, "{0} is done: {1}", ended.command(), counts(ended.said())));
            return ended;
        } catch (DatabaseDown e) {
            begins.run();
            return remember(waiting.runs().ends(Optional.of(e.getMessage())));
        } catch (InterruptedException e) {
            begins.run();
            Thread.currentThread().interrupt();
            return remember(waiting.runs().ends(Optional.of("the runner was stopped")));
        } finally {
            oneAtATime.unlock();
        }
    }

    /** What is told of single things, files among them, is for who asked. */
    private static JsonNode counts(JsonNode said) {
        if (!(said.deepCopy() instanceof ObjectNode counts)) {
            return said;
        }
        counts.remove(counts.properties().stream()
                .filter(fact -> fact.getValue().isObject())
                .map(Map.Entry::getKey)
                .toList());
        return counts;
    }

    private Job execute(Job begun) {
        Job job = begun;
        try {
            Child child = processes.start(
                    launch.command(job.command(), job.arguments()).printed(Launch.Printed.READ));
            running = child;
            if (closed) {
                child.kill();
            }
            try (BufferedReader lines = child.output()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    job = remember(job.says(parse(line).orElse(job.said())));
                }
            }
            int status = child.onExit().join();
            return job.ends(status == 0 ? Optional.empty() : Optional.of(failure(job, child, status)));
        } catch (IOException e) {
            return job.ends(Optional.of(e.getMessage()));
        } finally {
            running = null;
        }
    }

    private static String failure(Job job, Child child, int status) {
        String said = job.said().path("error").asText(child.lastWords());
        return "memoir-custodian " + job.command() + " ended with status " + status + ": " + said + " (more in "
                + child.log() + ")";
    }

    private static Optional<JsonNode> parse(String line) {
        try {
            return Optional.of(JSON.readTree(line)).filter(JsonNode::isObject);
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    private Job remember(Job job) {
        jobs.put(job.id(), job);
        return job;
    }

    /** Ends what runs; a job can be begun again from where it was. */
    public void close() {
        closed = true;
        Child child = running;
        if (child != null) {
            child.stop(Duration.ofSeconds(5));
        }
    }
}
