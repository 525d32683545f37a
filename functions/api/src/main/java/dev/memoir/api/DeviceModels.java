package dev.memoir.api;

import dev.memoir.models.Model;
import dev.memoir.models.ModelCatalogue;
import dev.memoir.models.ModelFile;
import dev.memoir.models.Task;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Query;

/** Models that devices run themselves, out of the bucket that the functions have theirs from. */
@GraphQLApi
@Answers
public class DeviceModels {
    private final MediaStore store;

    public DeviceModels(MediaStore store) {
        this.store = store;
    }

    @Query
    @Description(
            "What labels pictures on a device before they are uploaded; none where the bucket holds no such model.")
    public Optional<DeviceModel> deviceModel() {
        return Optional.ofNullable(ModelCatalogue.load().current().get(Task.LABELS))
                .filter(model -> model.files().stream().allMatch(file -> isThere(model, file)))
                .flatMap(model -> DeviceModel.of(model, file -> address(model, file)));
    }

    private boolean isThere(Model model, ModelFile file) {
        return store.stat(store.config().derived(), key(model, file))
                .filter(there -> there.size() == file.size())
                .isPresent();
    }

    private URI address(Model model, ModelFile file) {
        return store.signedRead(store.config().derived(), key(model, file), Optional.empty(), AssetDetails.RENDITION);
    }

    private static String key(Model model, ModelFile file) {
        return Keys.MODELS + model.path(file);
    }
}
