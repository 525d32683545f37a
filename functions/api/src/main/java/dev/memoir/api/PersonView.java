package dev.memoir.api;

import dev.memoir.catalog.PeopleLibrary.Person;
import java.util.Optional;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A person as a client reads one. */
@Type("Person")
@Description("Somebody whose face is in the caller's photos.")
public final class PersonView {
    private final Person person;

    PersonView(Person person) {
        this.person = person;
    }

    Person person() {
        return person;
    }

    @Id
    @NonNull
    @Description("Stays good: one that was given once means the same person, or who that person became.")
    public String getId() {
        return person.id().toString();
    }

    @Description("As the family named them; null for somebody without a name.")
    public Optional<String> getName() {
        return person.name();
    }

    @Description("Left out of lists.")
    public boolean getHidden() {
        return person.hidden();
    }

    @Description("How many of the caller's photos show them.")
    public long getCount() {
        return person.photos();
    }

    @Description("The face to show them by: the chosen one, else a good one.")
    public Optional<FaceView> getCover() {
        return person.cover().map(FaceView::new);
    }
}
