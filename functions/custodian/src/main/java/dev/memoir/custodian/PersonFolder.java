package dev.memoir.custodian;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.catalog.PersonRecord;
import dev.memoir.people.Decided;
import dev.memoir.people.Decision;
import dev.memoir.people.Region;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A person's data as files: {@code person.json}, {@code faces.json}, {@code photos.json}, {@code decisions.json}, and each face's
 * picture under {@code faces/}. Nobody but the folder's owner may read them, from the moment on that they are made.
 */
final class PersonFolder {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final FileAttribute<Set<PosixFilePermission>> OWN_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWN_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path folder;
    private final MediaStore store;

    PersonFolder(Path folder, MediaStore store) {
        this.folder = folder;
        this.store = store;
    }

    /** How many of each. A face that was never cut out, or whose picture is gone, has no picture. */
    record Written(int faces, int pictures, int photos, int decisions) {}

    /** @throws Mistake when nothing is known of the person, or the folder is not new */
    Written write(UUID person, Decided decided, List<Decision> all, PersonRecord known) throws IOException {
        List<Decision> about = all.stream()
                .filter(decision -> concerns(decision, person, all, decided))
                .toList();
        if (known.faces().isEmpty() && about.isEmpty()) {
            throw new Mistake("nothing is known of a person " + person);
        }
        make();
        Decided.Person said = decided.persons().getOrDefault(person, Decided.Person.NEW);
        ObjectNode whole = JSON.createObjectNode()
                .put("id", person.toString())
                .put("name", said.name().orElse(null))
                .put("hidden", said.hidden())
                .put("recognised", !decided.forgotten().containsKey(person))
                .put("exportedAt", Instant.now().toString());
        write("person.json", whole);
        int pictures = 0;
        ArrayNode faces = JSON.createArrayNode();
        for (PersonRecord.KnownFace face : known.faces()) {
            Optional<String> picture = picture(face);
            pictures += picture.isPresent() ? 1 : 0;
            faces.add(face(face, picture));
        }
        write("faces.json", faces);
        write("photos.json", photos(known.photos()));
        ArrayNode decisions = JSON.createArrayNode();
        for (Decision decision : about) {
            decisions.add(JSON.readTree(decision.json()));
        }
        write("decisions.json", decisions);
        return new Written(faces.size(), pictures, known.photos().size(), about.size());
    }

    /** Other people's faces that it names as well are part of the decision. */
    private static boolean concerns(Decision decision, UUID person, List<Decision> all, Decided decided) {
        if (decision.what() instanceof Decision.Undo undo) {
            return Decided.undoneBy(decision, undo, all)
                    .filter(earlier -> concerns(earlier, person, all, decided))
                    .isPresent();
        }
        return decision.what()
                .people()
                .anyMatch(one -> one.equals(person) || decided.resolve(one).equals(person));
    }

    private void make() throws IOException {
        try (Stream<Path> there = Files.list(folder)) {
            if (there.findAny().isPresent()) {
                throw new Mistake("there is something in " + folder + " already; name a new folder");
            }
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        } catch (NoSuchFileException e) {
            Files.createDirectories(folder, OWN_FOLDER);
        } catch (NotDirectoryException | FileAlreadyExistsException e) {
            throw new Mistake(folder + " is not a folder; name a new one");
        }
        Files.createDirectory(folder.resolve("faces"), OWN_FOLDER);
    }

    private Optional<String> picture(PersonRecord.KnownFace face) throws IOException {
        String bucket = store.config().derived();
        try (var content = store.read(bucket, Keys.face(face.asset(), face.id()), Optional.empty())
                .orElse(null)) {
            if (content == null) {
                return Optional.empty();
            }
            String name = "faces/" + face.id() + ".jpg";
            try (InputStream in = content.bytes();
                    OutputStream out = create(name)) {
                in.transferTo(out);
            }
            return Optional.of(name);
        }
    }

    private static ObjectNode face(PersonRecord.KnownFace face, Optional<String> picture) {
        Region box = face.box();
        ObjectNode node = JSON.createObjectNode()
                .put("id", face.id().toString())
                .put("photo", face.asset().hex())
                .put("picture", picture.orElse(null))
                .put("score", face.score())
                .put("usable", face.usable())
                .put("model", face.model() + "/" + face.version());
        node.putArray("box").add(box.left()).add(box.top()).add(box.width()).add(box.height());
        ArrayNode points = node.putArray("points");
        face.points().forEach(points::add);
        ArrayNode embedding = node.putArray("embedding");
        for (float number : face.embedding()) {
            embedding.add(number);
        }
        return node;
    }

    private static ArrayNode photos(List<PersonRecord.Photo> photos) {
        ArrayNode nodes = JSON.createArrayNode();
        for (PersonRecord.Photo photo : photos) {
            ObjectNode node = nodes.addObject()
                    .put("photo", photo.asset().hex())
                    .put("mediaType", photo.mediaType())
                    .put("takenAt", photo.takenAt().map(Instant::toString).orElse(null));
            ArrayNode keys = node.putArray("keys");
            photo.keys().forEach(keys::add);
        }
        return nodes;
    }

    private void write(String name, Object content) throws IOException {
        try (OutputStream out = create(name)) {
            out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
        }
    }

    private OutputStream create(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createFile(file, OWN_FILE);
        return Files.newOutputStream(file, new OpenOption[] {StandardOpenOption.WRITE});
    }
}
