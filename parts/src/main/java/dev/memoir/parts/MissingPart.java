package dev.memoir.parts;

/** Asked for a part that isn't installed; the message says what it is for, what its lack costs and how to get it. */
public final class MissingPart extends PartsException {
    private static final long serialVersionUID = 1L;

    private final Part part;

    MissingPart(Part part, String message) {
        super(message);
        this.part = part;
    }

    public Part part() {
        return part;
    }
}
