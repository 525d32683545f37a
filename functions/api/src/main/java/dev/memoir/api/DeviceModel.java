package dev.memoir.api;

import dev.memoir.models.Concepts;
import dev.memoir.models.Model;
import dev.memoir.models.ModelFile;
import dev.memoir.models.Output;
import dev.memoir.models.Preparation;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A model as a device needs it that runs it itself. */
@Type("DeviceModel")
@Description(
        "The model that labels pictures here, for a device that asks it before an upload. Its input is one picture, upright:"
                + " the middle square, scaled as Pillow does (bicubic), then (value - mean) / divisor, as 1 x 3 (RGB) x side x side floats.")
public record DeviceModel(
        @NonNull @Description("Its name and version.") String id,

        @NonNull @Description("ONNX.") File weights,

        @NonNull @Description("JSON: the names of the classes, in the order of the output's row.")
        File names,

        @NonNull String input,
        @NonNull String output,

        @Description("The middle square's side, as a part of the shorter side.")
        double square,

        @Description("Pixels of the input, across and down.")
        int side,

        @NonNull List<@NonNull Double> mean,
        @NonNull List<@NonNull Double> divisor,

        @Description("At most so many classes are labels.") int top,

        @Description("And none below this probability.") double floor,

        @Description("The least sum of the probabilities of its classes that makes a broader word a label.")
        double broader,

        @NonNull List<@NonNull Word> words) {

    /** A file of the model, in the bucket. */
    @Type("DeviceFile")
    public record File(
            @NonNull @Description("Where it is read from, for a day.")
            String address,

            @NonNull @Description("64 hexadecimal digits.") String sha256,

            @Description("Bytes.") long size) {}

    /** A word that people search by. */
    @Type("BroaderWord")
    public record Word(
            @NonNull String name,

            @NonNull @Description("Places in the output's row, from 0.")
            List<@NonNull Integer> classes) {}

    /** @return empty when a device could not prepare pictures for it */
    static Optional<DeviceModel> of(Model model, Function<ModelFile, URI> address) {
        Preparation preparation = model.preparation();
        if (!(model.output() instanceof Output.Labels labels)
                || preparation.steps().size() != 2
                || !(preparation.steps().getFirst() instanceof Preparation.Square(double fraction))
                || !(preparation.steps().getLast()
                        instanceof Preparation.Resize(int width, int height, Preparation.Filter filter))
                || width != height
                || filter != Preparation.Filter.BICUBIC
                || preparation.layout() != Preparation.Layout.NCHW
                || preparation.channels() != Preparation.Channels.RGB) {
            return Optional.empty();
        }
        return Optional.of(new DeviceModel(
                model.id(),
                file(model.weights(), address),
                file(labels.names(), address),
                preparation.input(),
                labels.name(),
                fraction,
                width,
                numbers(preparation.mean()),
                numbers(preparation.divisor()),
                labels.top(),
                labels.floor(),
                labels.broader(),
                broaderWords()));
    }

    private static File file(ModelFile file, Function<ModelFile, URI> address) {
        return new File(address.apply(file).toString(), file.sha256(), file.size());
    }

    private static List<Double> numbers(List<Float> values) {
        return values.stream().map(Float::doubleValue).toList();
    }

    private static List<Word> broaderWords() {
        return Concepts.load().all().stream()
                .map(concept ->
                        new Word(concept.name(), concept.eachClass().boxed().toList()))
                .filter(word -> !word.classes().isEmpty())
                .toList();
    }
}
