package dev.memoir.parts;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** {@code parts.json}, read: exactly one pin for each part. */
final class Pins {
    private record Document(String about, List<Pin> parts) {}

    private final Map<Part, Pin> byPart = new EnumMap<>(Part.class);

    private Pins(List<Pin> pins) {
        pins.forEach(pin -> {
            if (byPart.put(Part.named(pin.name()), pin) != null) {
                throw new IllegalStateException("parts.json has two entries named " + pin.name());
            }
        });
    }

    static Pins load() {
        try (InputStream json = Pins.class.getResourceAsStream("parts.json")) {
            return read(json);
        } catch (IOException e) {
            throw new UncheckedIOException("parts.json cannot be read", e);
        }
    }

    static Pins read(InputStream json) throws IOException {
        JsonMapper mapper = JsonMapper.builder().addModule(new Jdk8Module()).build();
        return new Pins(mapper.readValue(json, Document.class).parts());
    }

    Pin of(Part part) {
        Pin pin = byPart.get(part);
        if (pin == null) {
            throw new IllegalStateException("parts.json has no entry named " + part.id());
        }
        return pin;
    }
}
