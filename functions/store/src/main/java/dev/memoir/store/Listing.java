package dev.memoir.store;

import io.minio.Result;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.util.Iterator;

/** What the SDK lists, page by page. A store that is away makes it fail at either step, each in a way of its own. */
final class Listing implements Iterator<Item> {
    private final S3Calls s3;
    private final String what;
    private final Iterator<Result<Item>> results;

    /** @param what is being tried, for the message: "listing photos/2026" */
    Listing(S3Calls s3, String what, Iterable<Result<Item>> results) {
        this.s3 = s3;
        this.what = what;
        this.results = results.iterator();
    }

    @Override
    public boolean hasNext() {
        try {
            return results.hasNext();
        } catch (RuntimeException e) {
            throw s3.failure(what, e);
        }
    }

    @Override
    public Item next() {
        try {
            return results.next().get();
        } catch (MinioException | RuntimeException e) {
            throw s3.failure(what, e);
        }
    }
}
