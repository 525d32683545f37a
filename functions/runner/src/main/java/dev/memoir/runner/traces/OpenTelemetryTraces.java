package dev.memoir.runner.traces;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** By OpenTelemetry's SDK, in batches. A collector that is away costs the spans that do not fit into the queue, and no event. */
final class OpenTelemetryTraces implements Traces {
    private static final long LAST_SPANS = 5;

    private static final TextMapGetter<String> CARRIER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String traceparent) {
            return List.of(TRACEPARENT);
        }

        @Override
        public String get(String traceparent, String key) {
            return key.equals(TRACEPARENT) ? traceparent : null;
        }
    };

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    OpenTelemetryTraces(URI collector) {
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(collector.resolve("/v1/traces").toString())
                .build();
        this.provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "memoir-runner"))))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build();
        this.tracer = provider.get("dev.memoir.runner");
    }

    @Override
    public Step begin(String name, Kind kind, Optional<String> parent) {
        SpanBuilder span = tracer.spanBuilder(name)
                .setParent(parent.map(OpenTelemetryTraces::context).orElse(Context.root()));
        switch (kind) {
            case CLIENT -> span.setSpanKind(SpanKind.CLIENT);
            case CONSUMER -> span.setSpanKind(SpanKind.CONSUMER).setAttribute("messaging.system", "nats");
        }
        return new Told(span.startSpan());
    }

    /** One that is no traceparent begins a trace of its own. */
    private static Context context(String traceparent) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, CARRIER);
    }

    private record Told(Span span) implements Step {
        @Override
        public String traceparent() {
            Map<String, String> written = new HashMap<>();
            W3CTraceContextPropagator.getInstance().inject(Context.root().with(span), written, Map::put);
            return written.get(TRACEPARENT);
        }

        @Override
        public void note(String name, String value) {
            span.setAttribute(name, value);
        }

        @Override
        public void note(String name, long value) {
            span.setAttribute(name, value);
        }

        @Override
        public void note(String name, boolean value) {
            span.setAttribute(name, value);
        }

        @Override
        public void failed(String why) {
            span.setStatus(StatusCode.ERROR, why);
        }

        @Override
        public void close() {
            span.end();
        }
    }

    @Override
    public void close() {
        provider.shutdown().join(LAST_SPANS, TimeUnit.SECONDS);
    }
}
