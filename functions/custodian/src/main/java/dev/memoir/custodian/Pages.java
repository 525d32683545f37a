package dev.memoir.custodian;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** Rows that come in pages, as one sequence; one page is held at a time. */
final class Pages<T> implements Iterator<T> {
    /** Rows in a page. */
    static final int SIZE = 500;

    private final Function<T, List<T>> pageAfter;
    private Iterator<T> page;
    private T last;
    private boolean ended;

    /** @param pageAfter gives the page after an element, and the first for null; the last page is short */
    Pages(Function<T, List<T>> pageAfter) {
        this.pageAfter = pageAfter;
    }

    @Override
    public boolean hasNext() {
        if (!ended && (page == null || !page.hasNext())) {
            page = pageAfter.apply(last).iterator();
            ended = !page.hasNext();
        }
        return !ended;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        last = page.next();
        return last;
    }
}
