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
