package dev.memoir.store;

import java.util.ArrayList;
import java.util.List;

/**
 * A colder class of storage for what gets older.
 *
 * @param afterDays an object moves when it has been there for so many days; 1 or more
 * @param storageClass the store's own name of the class, such as {@code STANDARD_IA}. What is in it must be readable at
 *     once: signed addresses lead straight to the object
 */
public record Tier(int afterDays, String storageClass) {
    public Tier {
        if (afterDays < 1 || storageClass.isBlank()) {
            throw new IllegalArgumentException("a tier is days, 1 or more, and the name of a class of storage");
        }
    }

    /**
     * Reads {@code 30:STANDARD_IA,180:GLACIER_IR}; an empty text is no tiers.
     *
     * @throws IllegalArgumentException when it is written otherwise
     */
    public static List<Tier> list(String text) {
        List<Tier> tiers = new ArrayList<>();
        for (String tier : text.isBlank() ? new String[0] : text.split(",")) {
            String[] parts = tier.strip().split(":", 2);
            if (parts.length < 2 || !parts[0].matches("\\d{1,5}")) {
                throw new IllegalArgumentException(tier + " is no tier such as 30:STANDARD_IA");
            }
            tiers.add(new Tier(Integer.parseInt(parts[0]), parts[1]));
        }
        return List.copyOf(tiers);
    }
}
