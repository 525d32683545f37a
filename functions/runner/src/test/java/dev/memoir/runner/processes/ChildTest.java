package dev.memoir.runner.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ChildTest {
    @Test
    void theLastWordsAreTheLastLineThatSaysSomething() {
        assertEquals("no space left", Child.lastWords("starting\nno space left\n\n"));
        assertEquals("it printed nothing", Child.lastWords("\n"));
    }

    @Test
    void whatPostgreSqlDiedOfIsMoreThanThatItDied() {
        assertEquals("could not write to file \"pg_wal/xlogtemp.9\": No space left on device", Child.lastWords("""
                        2026-11-27 22:40:18.346 UTC [9] FATAL:  could not write to file "pg_wal/xlogtemp.9": No space left on device
                        2026-11-27 22:40:18.349 UTC [8] LOG:  startup process (PID 9) exited with exit code 1
                        2026-11-27 22:40:18.357 UTC [8] LOG:  database system is shut down
                        """));
    }

    @Test
    void ofAStackTraceTheyAreTheCause() {
        assertEquals("Caused by: java.io.IOException: disk full", Child.lastWords("""
                        ERROR it failed: RuntimeException
                        \tat a.B.c(B.java:1)
                        Caused by: java.io.IOException: disk full
                        \tat a.B.d(B.java:2)
                        \t... 9 more
                        """));
        assertEquals("RuntimeException: x", Child.lastWords("RuntimeException: x\n\tat a.B.c(B.java:1)\n"));
    }
}
