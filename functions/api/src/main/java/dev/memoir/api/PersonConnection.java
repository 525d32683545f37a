package dev.memoir.api;

import dev.memoir.catalog.PeopleLibrary;
import dev.memoir.catalog.PersonCursor;
import java.util.List;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** Part of the list of people, in the form of the Relay cursor connections specification. */
@Type("PersonConnection")
public final class PersonConnection {
    private final PeopleLibrary.Page page;

    PersonConnection(PeopleLibrary.Page page) {
        this.page = page;
    }

    @NonNull
    public List<@NonNull Edge> getEdges() {
        return page.people().stream().map(Edge::new).toList();
    }

    @NonNull
    public Connection.PageInfo getPageInfo() {
        return Connection.PageInfo.of(
                page.more(), getEdges().stream().map(Edge::getCursor).toList());
    }

    @Type("PersonEdge")
    public static final class Edge {
        private final PeopleLibrary.Person person;

        Edge(PeopleLibrary.Person person) {
            this.person = person;
        }

        @NonNull
        public String getCursor() {
            return PersonCursor.of(person).text();
        }

        @NonNull
        public PersonView getNode() {
            return new PersonView(person);
        }
    }
}
