package dev.memoir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void choose() {
        file = folder.resolve("a.log");
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void aLineIsShownWhenItIsWhole() throws IOException {
        append("old\n");
        LogFile log = LogFile.fromEnd(file);
        append("fir");
        assertEquals(List.of(), log.newLines());
        append("st\nsecond\n");
        assertEquals(List.of("first", "second"), log.newLines());
    }

    @Test
    void theTailBeginsWithAWholeLine() throws IOException {
        append("a long first line\nb\nc\n");
        assertEquals(List.of("b", "c"), LogFile.fromTail(file, 10).newLines());
        assertEquals(3, LogFile.fromTail(file, 1000).newLines().size());
    }

    @Test
    void aFileThatWasBegunAnewIsReadFromItsStart() throws IOException {
        append("one\ntwo\n");
        LogFile log = LogFile.fromEnd(file);
        Files.writeString(file, "new\n");
        assertEquals(List.of("new"), log.newLines());
    }

    @Test
    void aFileThatIsNotThereYetHasNoLines() throws IOException {
        LogFile log = LogFile.fromEnd(file);
        assertEquals(List.of(), log.newLines());
        append("x\n");
        assertEquals(List.of("x"), log.newLines());
    }
}
