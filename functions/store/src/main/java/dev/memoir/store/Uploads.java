package dev.memoir.store;

import dev.memoir.media.Sha256;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Uploads that a browser or phone sends straight to the store. Each request is signed with the size and the SHA-256 of
 * its body: the store refuses anything else.
 */
public interface Uploads {

    /** A request that may be sent once or more until it expires: PUT to the address, with exactly these headers. */
    record SignedUpload(URI address, Map<String, String> headers) {
        public SignedUpload {
            headers = Map.copyOf(headers);
        }
    }

    /** One PUT of a whole object. The browser adds {@code Content-Length} itself; it is signed too. */
    SignedUpload whole(String bucket, String key, String contentType, Sha256 checksum, long size, Duration validity);

    /**
     * Begins an object in parts, which all but the last have at least 5 MiB and at most 5 GiB.
     *
     * @return the upload's id
     */
    String begin(String bucket, String key, String contentType);

    /** One part, numbered from 1 to 10,000. A part sent again replaces the earlier one. */
    SignedUpload part(
            String bucket, String key, String uploadId, int number, Sha256 checksum, long size, Duration validity);

    /**
     * Puts the parts together; the store itself is asked which it has, so nothing has to be remembered meanwhile.
     *
     * @param parts how many there must be; with another number of them the upload stays open
     * @throws UploadRefusedException when there is no such upload, or its parts aren't right
     */
    StoredObject complete(String bucket, String key, String uploadId, int parts);

    /** Drops an upload and its parts. No error when it is gone. */
    void abort(String bucket, String key, String uploadId);
}
