package dev.memoir.store;

import dev.memoir.media.Sha256;
import dev.memoir.store.UploadRefusedException.Reason;
import io.minio.AbortMultipartUploadArgs;
import io.minio.CompleteMultipartUploadArgs;
import io.minio.CreateMultipartUploadArgs;
import io.minio.Http;
import io.minio.ListPartsArgs;
import io.minio.messages.ListPartsResult;
import io.minio.messages.Part;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

final class S3Uploads implements Uploads {
    private static final String CHECKSUM = "x-amz-checksum-sha256";
    private static final String LENGTH = "content-length";
    private static final Set<String> UNKNOWN = Set.of("NoSuchUpload");
    private static final Set<String> BAD_PARTS = Set.of("EntityTooSmall", "InvalidPart", "InvalidPartOrder");

    private final MediaStore store;
    private final S3Calls s3;
    private final QuerySigner signer;
    private final Clock clock;

    S3Uploads(MediaStore store, S3Calls s3, QuerySigner signer, Clock clock) {
        this.store = store;
        this.s3 = s3;
        this.signer = signer;
        this.clock = clock;
    }

    @Override
    public SignedUpload whole(
            String bucket, String key, String contentType, Sha256 checksum, long size, Duration validity) {
        Map<String, String> headers = Map.of("content-type", contentType, CHECKSUM, base64(checksum));
        return signed(bucket, key, Map.of(), headers, size, validity);
    }

    @Override
    public String begin(String bucket, String key, String contentType) {
        Addresses.check(bucket, key);
        CreateMultipartUploadArgs args = CreateMultipartUploadArgs.builder()
                .bucket(bucket)
                .object(key)
                .headers(new Http.Headers("Content-Type", contentType, "x-amz-checksum-algorithm", "SHA256"))
                .build();
        return s3.await("beginning the upload of " + bucket + "/" + key, c -> c.createMultipartUpload(args))
                .result()
                .uploadId();
    }

    @Override
    public SignedUpload part(
            String bucket, String key, String uploadId, int number, Sha256 checksum, long size, Duration validity) {
        if (number < 1 || number > 10_000) {
            throw new IllegalArgumentException("parts are numbered from 1 to 10,000, not " + number);
        }
        Map<String, String> query = Map.of("uploadId", uploadId, "partNumber", Integer.toString(number));
        return signed(bucket, key, query, Map.of(CHECKSUM, base64(checksum)), size, validity);
    }

    private SignedUpload signed(
            String bucket,
            String key,
            Map<String, String> query,
            Map<String, String> headers,
            long size,
            Duration validity) {
        Addresses.check(bucket, key);
        Map<String, String> signedHeaders = new HashMap<>(headers);
        signedHeaders.put(LENGTH, Long.toString(size));
        URI address = signer.sign(
                "PUT", store.config().publicEndpoint(), bucket, key, query, signedHeaders, clock.instant(), validity);
        return new SignedUpload(address, headers);
    }

    @Override
    public StoredObject complete(String bucket, String key, String uploadId, int parts) {
        Addresses.check(bucket, key);
        String what = "completing the upload of " + bucket + "/" + key;
        try {
            return complete(what, bucket, key, uploadId, parts);
        } catch (S3Calls.StoreRefusal refusal) {
            if (refusal.is(UNKNOWN)) {
                throw new UploadRefusedException(Reason.UNKNOWN, refusal.getMessage(), refusal);
            }
            if (refusal.is(BAD_PARTS)) {
                throw new UploadRefusedException(Reason.PARTS_REFUSED, refusal.getMessage(), refusal);
            }
            throw refusal;
        }
    }

    private StoredObject complete(String what, String bucket, String key, String uploadId, int parts) {
        List<Part> there = parts(what, bucket, key, uploadId);
        boolean all = !there.isEmpty()
                && there.size() == parts
                && there.getFirst().partNumber() == 1
                && there.getLast().partNumber() == parts;
        if (!all) {
            throw new UploadRefusedException(
                    Reason.PARTS_DIFFER,
                    what + " failed: the store has " + there.size() + " of its " + parts
                            + " parts. Send the missing ones, then complete it again.",
                    null);
        }
        CompleteMultipartUploadArgs args = CompleteMultipartUploadArgs.builder()
                .bucket(bucket)
                .object(key)
                .uploadId(uploadId)
                .parts(there.toArray(Part[]::new))
                .build();
        s3.await(what, c -> c.completeMultipartUpload(args));
        return store.stat(bucket, key)
                .orElseThrow(() -> new StoreException(what + " failed: it is complete, and removed already"));
    }

    private List<Part> parts(String what, String bucket, String key, String uploadId) {
        List<Part> parts = new ArrayList<>();
        ListPartsResult page;
        Integer marker = null;
        do {
            ListPartsArgs args = ListPartsArgs.builder()
                    .bucket(bucket)
                    .object(key)
                    .uploadId(uploadId)
                    .partNumberMarker(marker)
                    .build();
            page = s3.await(what, c -> c.listParts(args)).result();
            parts.addAll(page.parts());
            marker = page.nextPartNumberMarker();
        } while (page.isTruncated());
        return parts;
    }

    @Override
    public void abort(String bucket, String key, String uploadId) {
        Addresses.check(bucket, key);
        AbortMultipartUploadArgs args = AbortMultipartUploadArgs.builder()
                .bucket(bucket)
                .object(key)
                .uploadId(uploadId)
                .build();
        try {
            s3.await("dropping the upload of " + bucket + "/" + key, c -> c.abortMultipartUpload(args));
        } catch (S3Calls.StoreRefusal refusal) {
            if (!refusal.is(UNKNOWN)) {
                throw refusal;
            }
        }
    }

    private static String base64(Sha256 checksum) {
        return Base64.getEncoder().encodeToString(checksum.bytes());
    }
}
