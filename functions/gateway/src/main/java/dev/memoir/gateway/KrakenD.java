package dev.memoir.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A configuration for KrakenD's Community Edition (format 3, as of its schema 2.13). Behind it stands the runner, which does what
 * that edition can't: it refuses bodies that are too long, and whoever asks too often before a token is looked at. What browsers are
 * told for safety comes from the runner, too, and is passed on; KrakenD would say it a second time.
 */
public final class KrakenD {
    /** KrakenD's own, unless a person says otherwise. */
    public static final int PORT = 8080;

    private static final String SCHEMA = "https://www.krakend.io/schema/v2.13/krakend.json";

    /** Longer than the API takes to start, and then to answer. */
    private static final long TIMEOUT = 2 * EdgeLimits.PATIENCE.toSeconds();

    /** The verified subject, for KrakenD itself: it is not passed on. */
    private static final String SUBJECT = "X-Memoir-Subject";

    /** Without the length KrakenD would send a body in chunks, which the edge refuses. */
    private static final List<String> HEADERS =
            List.of("Authorization", "Content-Type", "Content-Length", "Accept", "Accept-Encoding");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private KrakenD() {}

    /** @throws IllegalArgumentException when KrakenD can't be told the claim that says the groups, with that claim */
    public static ObjectNode configuration(Gate gate) {
        ObjectNode root = JSON.objectNode()
                .put("$schema", SCHEMA)
                .put("version", 3)
                .put("name", "Memoir")
                .put("port", PORT)
                .put("timeout", TIMEOUT + "s")
                .put("cache_ttl", "0s")
                .put("output_encoding", "no-op");
        root.set("extra_config", service(gate));
        ArrayNode endpoints = root.putArray("endpoints").add(graphql(gate)).add(loginConfiguration(gate));
        SharePaths.ALL.forEach(path -> endpoints.add(share(gate, path)));
        return root;
    }

    private static ObjectNode service(Gate gate) {
        ObjectNode config = JSON.objectNode();
        config.putObject("router").put("return_error_msg", true).put("hide_version_header", true);
        if (!gate.origins().isEmpty()) {
            ObjectNode cors = config.putObject("security/cors");
            cors.set("allow_origins", Texts.array(gate.origins()));
            cors.set("allow_methods", Texts.array(List.of("GET", "POST")));
            cors.set("allow_headers", Texts.array(List.of("Authorization", "Content-Type")));
            cors.set("expose_headers", Texts.array(List.of("Retry-After", "X-Request-Id")));
            cors.put("allow_credentials", false).put("max_age", "1h");
        }
        return config;
    }

    /** The API takes questions by POST alone. */
    private static ObjectNode graphql(Gate gate) {
        ObjectNode endpoint = endpoint(gate, "/graphql", "POST");
        endpoint.set("input_headers", Texts.array(HEADERS));
        ObjectNode config = endpoint.putObject("extra_config");
        config.set("auth/validator", validator(gate));
        config.set(
                "qos/ratelimit/router",
                rate(gate.perSubject())
                        .put("strategy", "header")
                        .put("key", isPassedOn(gate.issuer().subject()) ? SUBJECT : "Authorization"));
        return endpoint;
    }

    /** Where to log in, which everybody may know. */
    private static ObjectNode loginConfiguration(Gate gate) {
        ObjectNode endpoint = endpoint(gate, "/login/config.json", "GET");
        endpoint.putObject("extra_config")
                .set("qos/ratelimit/router", rate(EdgeLimits.PER_ADDRESS).put("strategy", "ip"));
        return endpoint;
    }

    /** What guests carry is for the edge to check: KrakenD knows of it that there are not too many. */
    private static ObjectNode share(Gate gate, SharePaths path) {
        ObjectNode endpoint = endpoint(gate, path.path(), path.method());
        endpoint.set("input_headers", Texts.array(path.headers()));
        if (!path.query().isEmpty()) {
            endpoint.set("input_query_strings", Texts.array(path.query()));
        }
        endpoint.putObject("extra_config")
                .set("qos/ratelimit/router", rate(EdgeLimits.PER_ADDRESS).put("strategy", "ip"));
        return endpoint;
    }

    private static ObjectNode endpoint(Gate gate, String path, String method) {
        ObjectNode endpoint =
                JSON.objectNode().put("endpoint", path).put("method", method).put("output_encoding", "no-op");
        ObjectNode backend = endpoint.putArray("backend").addObject();
        backend.set("host", Texts.array(List.of(gate.edge())));
        backend.put("url_pattern", path).put("method", method).put("encoding", "no-op");
        return endpoint;
    }

    private static ObjectNode validator(Gate gate) {
        Gate.Issuer issuer = gate.issuer();
        ObjectNode validator = JSON.objectNode().put("alg", issuer.algorithm()).put("issuer", issuer.name());
        validator.set("audience", Texts.array(List.of(issuer.audience())));
        if (issuer.keys().matches("https?://.*")) {
            validator.put("jwk_url", issuer.keys()).put("cache", true);
        } else {
            validator.put("jwk_local_path", issuer.keys());
        }
        if (!issuer.keys().startsWith("https://")) {
            // Else KrakenD refuses a file, too.
            validator.put("disable_jwk_security", true);
        }
        if (isPassedOn(issuer.subject())) {
            validator.putArray("propagate_claims").add(Texts.array(List.of(issuer.subject(), SUBJECT)));
        }
        if (!gate.groups().isEmpty()) {
            ClaimName memberships = ClaimName.of(issuer.memberships());
            validator
                    .put("roles_key", memberships.text())
                    .put("roles_key_is_nested", memberships.nested())
                    .set("roles", Texts.array(gate.groups()));
        }
        return validator;
    }

    /** KrakenD takes every dot for a step into an object; of another claim's bearers each token is counted, not each person. */
    private static boolean isPassedOn(String claim) {
        return !claim.contains("\\");
    }

    private static ObjectNode rate(EdgeLimits.Rate rate) {
        return JSON.objectNode()
                .put("client_max_rate", rate.perSecond())
                .put("client_capacity", rate.burst())
                .put("every", "1s");
    }
}
