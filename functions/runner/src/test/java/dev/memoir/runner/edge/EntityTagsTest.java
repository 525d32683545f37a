package dev.memoir.runner.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntityTagsTest {
    private static final FileTime OF_IMAGES = FileTime.from(Instant.EPOCH);

    @TempDir
    private Path folder;

    @Test
    void aPageOfTheNextImageHasAnotherTagThoughTimeAndSizeAreTheSame() throws Exception {
        String before = new EntityTags().of(page("app-1111.js"));
        assertEquals(before, new EntityTags().of(page("app-1111.js")));
        assertNotEquals(before, new EntityTags().of(page("app-2222.js")));
    }

    @Test
    void aFileThatIsReplacedWhileThisRunsGetsAnotherTag() throws Exception {
        EntityTags tags = new EntityTags();
        String before = tags.of(page("app-1111.js"));
        assertNotEquals(before, tags.of(page("app-33333.js")));
    }

    private Path page(String script) throws Exception {
        Path page = Files.writeString(folder.resolve("index.html"), "<script src=" + script + ">");
        return Files.setLastModifiedTime(page, OF_IMAGES);
    }
}
