package dev.memoir.events;

/** The types of Memoir's CloudEvents. Store events carry the type that the CNCF's S3 adapter gives them. */
public final class EventTypes {
    /** Followed by the store's event name without its {@code s3:} prefix. */
    public static final String STORE_PREFIX = "com.amazonaws.s3.";

    public static final String PUT = STORE_PREFIX + "ObjectCreated:Put";
    public static final String POST = STORE_PREFIX + "ObjectCreated:Post";
    public static final String COPY = STORE_PREFIX + "ObjectCreated:Copy";
    public static final String MULTIPART = STORE_PREFIX + "ObjectCreated:CompleteMultipartUpload";
    public static final String DELETE = STORE_PREFIX + "ObjectRemoved:Delete";
    public static final String DELETE_MARKER = STORE_PREFIX + "ObjectRemoved:DeleteMarkerCreated";

    /** The sweep says: look at this key. */
    public static final String SWEPT = "dev.memoir.object.swept";

    /** The postprocessor's answer: the asset has an analysis rendition. */
    public static final String PREVIEWED = "dev.memoir.asset.previewed";

    /** The AI function's answer: the asset is analysed. */
    public static final String ANALYSED = "dev.memoir.asset.analysed";

    /** Goes through a function's whole work without leaving a trace; the AOT cache is trained by it. */
    public static final String REHEARSE = "dev.memoir.rehearse";

    private EventTypes() {}
}
