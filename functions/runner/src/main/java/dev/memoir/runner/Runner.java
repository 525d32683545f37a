package dev.memoir.runner;

import dev.memoir.runner.local.OnlyOne;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;

/** The program: always on, so that nothing else has to be. On one machine it runs everything; elsewhere ({@code --remote}) it
 * lets people in and delivers events. */
public final class Runner {
    /** Something must be changed before it can start. */
    private static final int MISTAKE = 2;

    private static final int FAILURE = 1;
    private static final String REMOTE = "--remote";

    private Runner() {}

    public static void main(String[] arguments) {
        Output.prepare();
        Logger log = System.getLogger(Runner.class.getName());
        long begin = System.nanoTime();
        try {
            String serves = List.of(arguments).contains(REMOTE) ? gateway(arguments) : oneMachine(arguments);
            log.log(
                    Level.INFO,
                    "Memoir serves at {0}, after {1} ms",
                    serves,
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

    private static String oneMachine(String... arguments)
            throws Settings.Mistake, OnlyOne.Taken, IOException, InterruptedException {
        OneMachine memoir = OneMachine.start(
                Settings.of(arguments),
                () -> Thread.ofPlatform().name("stop").start(() -> System.exit(0)),
                begun -> atTheEnd(begun::stop));
        return memoir.address() + ", its store at " + memoir.machine().storeAddress();
    }

    private static String gateway(String... arguments) throws Settings.Mistake, IOException, InterruptedException {
        Gateway gateway = Gateway.start(
                System.getenv(),
                Arrays.stream(arguments)
                        .filter(argument -> !argument.equals(REMOTE))
                        .toArray(String[]::new));
        atTheEnd(gateway::stop);
        return gateway.address();
    }

    private static void atTheEnd(Runnable stop) {
        Runtime.getRuntime().addShutdownHook(new Thread(stop, "shutdown"));
    }
}
