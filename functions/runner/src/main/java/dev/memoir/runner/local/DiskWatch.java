package dev.memoir.runner.local;

import dev.memoir.runner.delivery.Troubles;
import dev.memoir.store.FreeSpace;
import java.time.Duration;
import java.util.Optional;

/** Notices that the disk is full, and that it is no longer. Asking costs one system call and writes nothing. */
final class DiskWatch {
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final FreeSpace space;
    private final Troubles troubles;
    private final Runnable roomAgain;
    private boolean full;
    private Thread thread;

    /** @param roomAgain called when the disk was full and has room again */
    DiskWatch(FreeSpace space, Troubles troubles, Runnable roomAgain) {
        this.space = space;
        this.troubles = troubles;
        this.roomAgain = roomAgain;
    }

    void start() {
        thread = Thread.ofVirtual().name("disk").start(this::watch);
    }

    void stop() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void watch() {
        try {
            while (true) {
                look();
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException stopping) {
            // the runner ends
        }
    }

    private void look() {
        Optional<String> shortage = space.shortage();
        if (shortage.isPresent() && !full) {
            full = true;
            troubles.report("disk", shortage.get() + ". Free some space there; what waits then goes on by itself");
        } else if (shortage.isEmpty() && full) {
            full = false;
            troubles.clear("disk");
            roomAgain.run();
        }
    }
}
