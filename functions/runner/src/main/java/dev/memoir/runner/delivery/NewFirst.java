package dev.memoir.runner.delivery;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets old work go on only while a function has no new work: neither under way nor queued. */
final class NewFirst {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean queueEmpty;
    private int underWay;

    /** The queue of new events was just asked and had none. */
    void queueIsEmpty() {
        change(true, 0);
    }

    void begins() {
        change(false, 1);
    }

    void ends() {
        lock.lock();
        try {
            underWay--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void change(boolean empty, int more) {
        lock.lock();
        try {
            queueEmpty = empty;
            underWay += more;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when there is no new work. */
    void awaitNone() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!queueEmpty || underWay > 0) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }
}
