package dev.memoir.ai.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** One POST of JSON and its answer. The client is made when it is first needed: most lives of the function never do. */
final class Wire {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_ANSWER = 4 << 20;
    private static final int LONGEST_REASON = 300;

    private final String service;
    private final Duration limit;
    private HttpClient client;

    Wire(String service, Duration limit) {
        this.service = service;
        this.limit = limit;
    }

    /** @param body empty object where the answer is no JSON and the status tells a failure anyway */
    record Reply(int status, JsonNode body) {
        boolean ok() {
            return status / 100 == 2;
        }
    }

    Reply post(URI address, Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(limit).POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            HttpResponse<InputStream> response = client().send(request.build(), BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                return read(response.statusCode(), in.readNBytes(LONGEST_ANSWER + 1));
            }
        } catch (IOException e) {
            throw new VisionFailure(service + " at " + address.getHost() + " did not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VisionFailure("interrupted while " + service + " looked at a picture", e);
        }
    }

    private Reply read(int status, byte[] body) {
        if (body.length > LONGEST_ANSWER) {
            throw new VisionFailure(service + " answered more than " + LONGEST_ANSWER + " bytes");
        }
        try {
            JsonNode json = JSON.readTree(body);
            if (json.isObject()) {
                return new Reply(status, json);
            }
        } catch (JsonProcessingException e) {
            return withoutJson(status);
        } catch (IOException e) {
            throw new VisionFailure(service + "'s answer can't be read: " + e, e);
        }
        return withoutJson(status);
    }

    private Reply withoutJson(int status) {
        if (status / 100 == 2) {
            throw new VisionFailure(service + " answered " + status + " with what is no JSON object");
        }
        return new Reply(status, JSON.createObjectNode());
    }

    /** Bounded: what others say may be long. */
    static String shortened(String said) {
        return said.length() <= LONGEST_REASON ? said : said.substring(0, LONGEST_REASON) + "…";
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder().connectTimeout(limit).build();
        }
        return client;
    }
}
