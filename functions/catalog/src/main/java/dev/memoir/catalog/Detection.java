package dev.memoir.catalog;

import dev.memoir.people.Region;

/**
 * A thing that a model sees in a picture, or in a frame of a film.
 *
 * @param name the model's word for it
 * @param confidence 0 to 1
 * @param box in parts of the upright picture
 * @param frame 0: the picture itself, or the one that stands for the film; 1 and on: a further frame of the film
 */
public record Detection(String name, double confidence, Region box, int frame) {
    public Detection inFrame(int frame) {
        return new Detection(name, confidence, box, frame);
    }
}
