package dev.memoir.custodian;

import dev.memoir.store.MediaStore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "faces",
        description =
                "Decides whether faces are found and gathered into people; off erases all that was learnt of them.",
        mixinStandardHelpOptions = true)
final class FacesCommand implements Callable<Integer> {
    private final Settings settings;

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Wish wish;

    @Option(names = "--names", description = "With --off: erase what people decided, too; names among it.")
    private boolean names;

    private static final class Wish {
        @Option(
                names = "--on",
                required = true,
                description = "Find them; the next sweep sees to photos that are there.")
        private boolean on;

        @Option(names = "--off", required = true, description = "Erase them. What people decided stays, as text.")
        private boolean off;
    }

    FacesCommand(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, Object> done = new LinkedHashMap<>();
        try (MediaStore store = settings.store()) {
            Faces faces = new Faces(settings, store);
            if (wish.on && names) {
                throw new Mistake("--names erases: it goes with --off only");
            }
            if (wish.on) {
                faces.turnOn();
                done.put("faces", Faces.Choice.ON.word());
            } else {
                Faces.Erased erased = faces.turnOff(names);
                done.put("namesErased", names);
                done.put("faces", Faces.Choice.OFF.word());
                done.put("facesErased", erased.faces());
                done.put("picturesErased", erased.pictures());
                done.put("peopleErased", erased.people());
            }
        }
        new Report(spec.commandLine().getOut()).line(done);
        return 0;
    }
}
