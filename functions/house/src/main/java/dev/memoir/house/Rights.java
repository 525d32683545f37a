package dev.memoir.house;

import dev.memoir.media.Quota;
import dev.memoir.media.access.Case;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a person's tokens say besides the name.
 *
 * @param groups such as {@code family} and {@code admin}
 * @param attributes such as {@code adult → true}
 */
public record Rights(SortedSet<String> groups, SortedMap<String, String> attributes) {
    public static final String FAMILY = Case.FAMILY;
    public static final String ADMIN = Case.ADMIN;
    public static final String ADULT = Case.ADULT;

    /** Of a group or an attribute. */
    private static final String NAME = "[A-Za-z0-9._-]{1,63}";

    private static final int MOST = 50;

    /** @throws HouseRefusal when a name can't be one, or there are too many */
    public Rights {
        groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        boolean named = groups.stream().allMatch(name -> name.matches(NAME))
                && attributes.keySet().stream().allMatch(name -> name.matches(NAME))
                && attributes.values().stream()
                        .allMatch(
                                value -> value.length() <= 255 && value.chars().noneMatch(Character::isISOControl));
        if (!named || groups.size() > MOST || attributes.size() > MOST) {
            throw new HouseRefusal(
                    HouseRefusal.Reason.BAD_RIGHTS,
                    "groups and attributes have names of letters, digits, dots, _ and -, at most " + MOST + " of each");
        }
    }

    /** Of whoever sets the house up. */
    public static Rights ofFirst() {
        return new Rights(new TreeSet<>(List.of(ADMIN, FAMILY)), new TreeMap<>(Map.of(ADULT, "true")));
    }

    /** Of scripts that ask as whoever owns what belongs to all. */
    static Rights ofHousehold() {
        return new Rights(new TreeSet<>(List.of(FAMILY)), new TreeMap<>(Map.of(ADULT, "true")));
    }

    /** The same but for these; other groups and attributes stay. */
    public Rights with(boolean family, boolean adult, boolean administrator) {
        TreeSet<String> changed = new TreeSet<>(groups);
        changed.removeAll(List.of(FAMILY, ADMIN));
        if (family) {
            changed.add(FAMILY);
        }
        if (administrator) {
            changed.add(ADMIN);
        }
        TreeMap<String, String> kept = new TreeMap<>(attributes);
        if (adult) {
            kept.put(ADULT, "true");
        } else {
            kept.remove(ADULT);
        }
        return new Rights(changed, kept);
    }

    /** The same but for how much may be kept; empty: as much as they like. */
    public Rights with(Optional<Quota> quota) {
        TreeMap<String, String> kept = new TreeMap<>(attributes);
        kept.remove(Quota.ATTRIBUTE);
        quota.ifPresent(most -> kept.put(Quota.ATTRIBUTE, Long.toString(most.bytes())));
        return new Rights(groups, kept);
    }

    public Optional<Quota> quota() {
        return Quota.of(attributes);
    }

    public boolean adult() {
        return "true".equals(attributes.get(ADULT));
    }

    public boolean administers() {
        return groups.contains(ADMIN);
    }
}
