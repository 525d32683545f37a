package dev.memoir.catalog;

import java.util.UUID;

/** A place in the list of people. */
public record PersonCursor(boolean named, long photos, UUID person) {

    public String text() {
        return (named ? "1" : "0") + ":" + photos + ":" + person;
    }

    /** @throws IllegalArgumentException when {@link #text()} did not give it */
    public static PersonCursor parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3 || !(parts[0].equals("0") || parts[0].equals("1"))) {
            throw new IllegalArgumentException("not a place in the list of people: " + text);
        }
        return new PersonCursor(parts[0].equals("1"), Long.parseLong(parts[1]), UUID.fromString(parts[2]));
    }

    public static PersonCursor of(PeopleLibrary.Person person) {
        return new PersonCursor(person.name().isPresent(), person.photos(), person.id());
    }
}
