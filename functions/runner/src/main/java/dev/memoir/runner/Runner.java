package dev.memoir.runner;

import dev.memoir.runner.local.OnlyOne;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** The program: always on, so that nothing else has to be. */
public final class Runner {
    /** Something must be changed before it can start. */
    private static final int MISTAKE = 2;

    private static final int FAILURE = 1;

    private Runner() {}

    public static void main(String[] arguments) {
        Output.prepare();
        Logger log = System.getLogger(Runner.class.getName());
        long begin = System.nanoTime();
        try {
            OneMachine memoir = OneMachine.start(
                    Settings.of(arguments),
                    () -> Thread.ofPlatform().name("stop").start(() -> System.exit(0)),
                    begun -> Runtime.getRuntime().addShutdownHook(new Thread(begun::stop, "shutdown")));
            log.log(
                    Level.INFO,
                    "Memoir serves at {0}, its store at {1}, after {2} ms",
                    memoir.address(),
                    memoir.machine().storeAddress(),
                    Long.toString((System.nanoTime() - begin) / 1_000_000));
        } catch (Settings.Mistake | OnlyOne.Taken e) {
            log.log(Level.ERROR, e.getMessage());
            System.exit(MISTAKE);
        } catch (IOException | RuntimeException e) {
            log.log(Level.ERROR, "Memoir does not start: {0}", e.getMessage());
            System.exit(FAILURE);
        } catch (InterruptedException e) {
            System.exit(FAILURE);
        }
    }
}
