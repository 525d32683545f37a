package dev.memoir.ai;

import ai.djl.Device;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.ai.model.ModelFolder;
import dev.memoir.ai.model.Network;
import dev.memoir.ai.objects.CellReader;
import dev.memoir.ai.picture.Decoder;
import dev.memoir.ai.picture.Fitted;
import dev.memoir.ai.picture.Pixels;
import dev.memoir.ai.picture.Preparer;
import dev.memoir.ai.words.Directions;
import dev.memoir.catalog.Analysis;
import dev.memoir.catalog.Detection;
import dev.memoir.imaging.PixelReader;
import dev.memoir.media.Label;
import dev.memoir.models.Model;
import dev.memoir.models.ModelCatalogue;
import dev.memoir.models.ModelFile;
import dev.memoir.models.Output;
import dev.memoir.models.Preparation;
import dev.memoir.models.Preparation.Channels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Looks at pictures: a file's bytes in, what the models say out. The picture is decoded once; the models then work side by
 * side on all cores. A model is loaded when it is first needed, while the picture is being decoded.
 * Safe for many threads.
 */
public final class Vision implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Network> networks = new LinkedHashMap<>();
    private final Map<String, List<String>> names = new ConcurrentHashMap<>();
    private final ModelFolder folder;
    private final Optional<PixelReader> reader;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** The catalogue's current models, and Java's own decoder. */
    public Vision(ModelCatalogue catalogue, ModelFolder folder, Device device) {
        this(catalogue, folder, device, Optional.empty());
    }

    /** @param reader decodes what it can instead of Java's own decoder: the same pixels, sooner */
    public Vision(ModelCatalogue catalogue, ModelFolder folder, Device device, Optional<PixelReader> reader) {
        Collection<Model> models = catalogue.current().values();
        int cores = Runtime.getRuntime().availableProcessors();
        this.folder = folder;
        this.reader = reader;
        models.stream()
                .sorted(Comparator.comparing(Model::task))
                .forEach(model -> networks.put(model.id(), new Network(model, folder, device, cores)));
    }

    /** The models that look, in a fixed order. */
    public List<Model> models() {
        return networks.values().stream().map(Network::model).toList();
    }

    /**
     * What all models say of a picture.
     *
     * @param picture a whole file, upright
     * @throws dev.memoir.ai.picture.UnreadablePicture when it can't be decoded
     * @throws dev.memoir.ai.model.ModelMissing when a model can't be had
     */
    public List<Analysis> look(byte[] picture) {
        return look(picture, models());
    }

    /** What these of its models say. */
    public List<Analysis> look(byte[] picture, List<Model> models) {
        return look(() -> decode(picture), models);
    }

    /** The picture's pixels. */
    Pixels decode(byte[] picture) {
        return reader.flatMap(r -> r.read(picture))
                .map(p -> new Pixels(p.rgb(), Channels.RGB, p.width(), p.height()))
                .orElseGet(() -> Decoder.decode(picture));
    }

    List<Analysis> look(Supplier<Pixels> picture, List<Model> models) {
        List<Future<?>> loading = models.stream()
                .<Future<?>>map(model -> threads.submit(() -> network(model).load()))
                .toList();
        Pixels pixels = picture.get();
        List<Future<Analysis>> looking = models.stream()
                .map(model -> threads.submit(() -> say(network(model), pixels)))
                .toList();
        loading.forEach(Vision::await);
        return looking.stream().map(Vision::await).toList();
    }

    private Network network(Model model) {
        return networks.get(model.id());
    }

    private Analysis say(Network network, Pixels pixels) {
        Model model = network.model();
        float[] row = network.run(Preparer.prepare(pixels, model.preparation()));
        return switch (model.output()) {
            case Output.Score(var _, int index) -> analysis(model, List.of(), List.of(), OptionalDouble.of(row[index]));
            case Output.Labels labels ->
                analysis(
                        model,
                        Broader.with(best(row, labels, names(model, labels.names())), row, labels.broader()),
                        List.of(),
                        OptionalDouble.empty());
            case Output.Objects objects -> {
                List<Detection> things = new CellReader(objects).read(row, fitted(pixels, model));
                yield analysis(model, Broader.labels(things), things, OptionalDouble.empty());
            }
            case Output.Meaning meaning ->
                new Analysis(
                        model.task().wireName(),
                        model.name(),
                        model.version(),
                        List.of(),
                        List.of(),
                        OptionalDouble.empty(),
                        Directions.of(row, meaning.size()));
            case Output.Boxes _, Output.Points _, Output.Embedding _ ->
                throw new IllegalStateException(model.id() + " looks for faces: see dev.memoir.ai.faces");
        };
    }

    private static Analysis analysis(Model model, List<Label> labels, List<Detection> things, OptionalDouble score) {
        return new Analysis(model.task().wireName(), model.name(), model.version(), labels, things, score);
    }

    private static Fitted fitted(Pixels pixels, Model model) {
        return model.preparation().steps().stream()
                .filter(Preparation.Fit.class::isInstance)
                .map(Preparation.Fit.class::cast)
                .findFirst()
                .map(fit -> Fitted.of(pixels, fit.width(), fit.height()))
                .orElseThrow(() -> new IllegalStateException(model.id() + " must see pictures in their proportions"));
    }

    /** Classes of the same name are one label: its confidence is their sum. */
    static List<Label> best(float[] row, Output.Labels labels, List<String> names) {
        if (row.length != names.size()) {
            throw new IllegalStateException(row.length + " classes, but " + names.size() + " names in "
                    + labels.names().file());
        }
        var confidence = new LinkedHashMap<String, Double>();
        IntStream.range(0, row.length).forEach(i -> confidence.merge(names.get(i), (double) row[i], Double::sum));
        return confidence.entrySet().stream()
                .filter(label -> label.getValue() >= labels.floor())
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(labels.top())
                .map(label -> new Label(label.getKey(), label.getValue()))
                .toList();
    }

    private List<String> names(Model model, ModelFile file) {
        return names.computeIfAbsent(model.id(), _ -> read(folder.file(model, file)));
    }

    private static List<String> read(Path names) {
        try {
            return List.of(JSON.readValue(names.toFile(), String[].class));
        } catch (IOException e) {
            throw new UncheckedIOException("label names can't be read from " + names, e);
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while models looked at a picture", e);
        }
    }

    @Override
    public void close() {
        threads.close();
        networks.values().forEach(Network::close);
    }
}
