package dev.memoir.ai;

/** The same, with a model that compares pictures with words and without one that finds objects. */
public class FunctionPartsWithWords extends FunctionParts {
    @Override
    void put(StoreWithBuckets bucket) {
        bucket.putModels();
        bucket.putColourModel();
    }
}
