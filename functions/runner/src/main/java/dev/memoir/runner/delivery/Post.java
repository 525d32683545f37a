package dev.memoir.runner.delivery;

import dev.memoir.events.EventCodec;
import dev.memoir.events.ProcessAge;
import dev.memoir.events.UnreadableEventException;
import dev.memoir.runner.Loop;
import dev.memoir.runner.metrics.Metrics;
import dev.memoir.runner.metrics.Question;
import dev.memoir.runner.traces.Traces;
import io.cloudevents.CloudEvent;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Delivers one event by HTTP (CloudEvents 1.0, binary mode) and reads the answer. */
public final class Post {
    /** Answers are events about one asset; more than this is not read. */
    private static final int LONGEST_ANSWER = 256 << 10;

    private static final int LONGEST_REASON = 500;
    private static final Question UNCOUNTED = new Metrics().question("rehearsal");

    private final HttpClient client;
    private final String authorization;
    private final Duration limit;

    /**
     * @param token with which functions know the runner
     * @param limit of one unit of work
     */
    public Post(HttpClient client, String token, Duration limit) {
        this.client = client;
        this.authorization = "Bearer " + token;
        this.limit = limit;
    }

    /** As {@link #send(URI, CloudEvent, Question)}, for what nobody counts. */
    public Outcome send(URI function, CloudEvent event) throws InterruptedException {
        return send(function, event, UNCOUNTED);
    }

    /**
     * Waits for the answer.
     *
     * @param question told what came
     */
    public Outcome send(URI function, CloudEvent event, Question question) throws InterruptedException {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(function.resolve("/").toString());
        HttpClientRequest request;
        try {
            request = await(client.request(options), Duration.ofSeconds(30));
        } catch (ExecutionException | TimeoutException e) {
            question.lost();
            return new Outcome.NotAccepted("can't connect to the function: " + message(e));
        }
        try {
            return await(request(request, event, question), limit);
        } catch (ExecutionException e) {
            question.lost();
            return new Outcome.Lost("the connection was lost during the work: " + message(e));
        } catch (TimeoutException e) {
            request.reset();
            question.lost();
            return new Outcome.Failed("no answer within " + limit.toSeconds() + " s");
        } catch (InterruptedException e) {
            request.reset();
            throw e;
        }
    }

    private Future<Outcome> request(HttpClientRequest request, CloudEvent event, Question question) {
        request.putHeader("Authorization", authorization);
        Traces.of(event).ifPresent(trace -> request.putHeader(Traces.TRACEPARENT, trace));
        EventCodec.HttpMessage message = EventCodec.toHttp(event);
        message.headers().forEach(request::putHeader);
        return Loop.ask(
                request,
                Buffer.buffer(message.body()),
                response -> bounded(response).map(answer -> {
                    question.heard(Optional.ofNullable(response.getHeader(ProcessAge.HEADER)));
                    question.answered(response.statusCode());
                    return outcome(response, answer, event);
                }));
    }

    private static Future<Buffer> bounded(HttpClientResponse response) {
        Buffer read = Buffer.buffer();
        response.handler(chunk -> {
            int room = LONGEST_ANSWER + 1 - read.length();
            read.appendBuffer(chunk, 0, Math.min(Math.max(room, 0), chunk.length()));
        });
        return response.end().map(read);
    }

    private static Outcome outcome(HttpClientResponse response, Buffer body, CloudEvent event) {
        int status = response.statusCode();
        String said = "status " + status + said(body);
        return switch (status) {
            case 401, 403, 404, 405, 406, 415 ->
                new Outcome.Misconfigured("the function does not take events of type " + event.getType() + ": " + said);
            case 429, 503 -> new Outcome.NotAccepted(said);
            // said by who stands before the function: it had the request, and died or was too slow
            case 502, 504 -> new Outcome.Lost(said);
            default -> status / 100 == 2 ? answered(response, body) : new Outcome.Failed(said);
        };
    }

    private static Outcome answered(HttpClientResponse response, Buffer body) {
        if (body.length() == 0) {
            return new Outcome.Done(Optional.empty());
        }
        if (body.length() > LONGEST_ANSWER) {
            return new Outcome.Failed("the answer is longer than " + LONGEST_ANSWER + " bytes");
        }
        Map<String, String> headers = new HashMap<>();
        response.headers().forEach(headers::put);
        try {
            return new Outcome.Done(EventCodec.ofHttp(headers, body.getBytes()));
        } catch (UnreadableEventException e) {
            return new Outcome.Failed(e.getMessage());
        }
    }

    private static String said(Buffer body) {
        String text = body.getString(0, Math.min(body.length(), LONGEST_REASON)).strip();
        return text.isEmpty() ? "" : ": " + text;
    }

    private static <T> T await(Future<T> future, Duration limit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static String message(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
