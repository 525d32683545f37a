package dev.memoir.store;

import dev.memoir.tls.Authority;
import io.minio.MinioAsyncClient;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The MinIO SDK as this package uses it: one client, answers awaited, failures as {@link StoreException}. */
final class S3Calls implements AutoCloseable {
    /** Of versitygw and MinIO, when their disk is full. */
    private static final Set<String> FULL = Set.of("InsufficientStorage", "XMinioStorageFull");

    private static final Pattern CODE = Pattern.compile("<Code>(\\w+)</Code>");

    private final StoreConfig config;
    private final OkHttpClient http;
    private final MinioAsyncClient client;

    S3Calls(StoreConfig config) {
        this.config = config;
        this.http = http(config);
        this.client = MinioAsyncClient.builder()
                .endpoint(config.endpoint().toString())
                .region(config.region())
                .credentials(config.accessKey(), config.secretKey())
                .httpClient(http, true)
                .build();
    }

    /**
     * Our own HTTP client, since the SDK's reads every certificate authority when SSL_CERT_FILE is set: up to a second
     * of a cold start. For a store without TLS none is read at all.
     */
    private static OkHttpClient http(StoreConfig config) {
        Dispatcher dispatcher = new Dispatcher(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("store-", 0).factory()));
        dispatcher.setMaxRequests(32);
        dispatcher.setMaxRequestsPerHost(32);
        OkHttpClient.Builder http = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.HTTP_1_1))
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(8, 30, TimeUnit.SECONDS))
                .connectTimeout(Duration.ofSeconds(5))
                .readTimeout(Duration.ofSeconds(60))
                .writeTimeout(Duration.ofSeconds(60));
        if ("http".equals(config.endpoint().getScheme())) {
            http.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
        } else {
            config.authority()
                    .map(Authority::of)
                    .ifPresent(only -> http.sslSocketFactory(only.context().getSocketFactory(), only.trust()));
        }
        return http.build();
    }

    /** A call of the SDK that gives its answer later. */
    interface Call<T> {
        CompletableFuture<T> on(MinioAsyncClient client) throws MinioException;
    }

    /** @param what is being tried, for the message: "reading photos/a.jpg" */
    <T> T await(String what, Call<T> call) {
        try {
            return call.on(client).join();
        } catch (CompletionException e) {
            throw failure(what, e.getCause() == null ? e : e.getCause());
        } catch (MinioException | RuntimeException e) {
            throw failure(what, e);
        }
    }

    /** Sends a signed PUT of our own making. */
    void send(String what, URI signed, String body) {
        Request request = new Request.Builder()
                .url(signed.toString())
                .put(RequestBody.create(body, null))
                .build();
        try (Response answer = http.newCall(request).execute()) {
            if (!answer.isSuccessful()) {
                String said = answer.body().string();
                Matcher code = CODE.matcher(said);
                throw new StoreRefusal(
                        what + " failed: " + config.endpoint() + " answered " + answer.code() + " " + said,
                        code.find() ? code.group(1) : "",
                        null);
            }
        } catch (IOException e) {
            throw failure(what, e);
        }
    }

    MinioAsyncClient client() {
        return client;
    }

    StoreException failure(String what, Throwable cause) {
        Throwable root = cause;
        while (!(root instanceof ErrorResponseException) && root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof ErrorResponseException answer) {
            String code = answer.errorResponse().code();
            if (FULL.contains(code)) {
                return new StoreFullException(what + " failed: the disk of " + config.endpoint() + " is full", answer);
            }
            int status = answer.response() == null ? 0 : answer.response().code();
            return new StoreRefusal(
                    what + " failed: " + config.endpoint() + " answered " + status + " " + code + " ("
                            + answer.errorResponse().message() + ")",
                    code,
                    answer);
        }
        return new StoreException(what + " failed: " + config.endpoint() + ": " + root, cause);
    }

    /** The store's own refusal, with S3's error code. */
    static final class StoreRefusal extends StoreException {
        private final String code;

        StoreRefusal(String message, String code, Throwable cause) {
            super(message, cause);
            this.code = code;
        }

        boolean is(Set<String> codes) {
            return codes.contains(code);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
