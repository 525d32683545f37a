package dev.memoir.api;

import dev.memoir.catalog.Stack;
import dev.memoir.media.StackKind;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** What a query answer says of a stack. */
@Type("Stack")
@Description("Assets that are shown as one, as far as the caller sees them.")
public final class StackView {
    private final Stack stack;

    StackView(Stack stack) {
        this.stack = stack;
    }

    @NonNull
    @Description("The one that lists, counts and searches show.")
    public Asset getCover() {
        return new Asset(stack.cover());
    }

    @NonNull
    @Description("The others, by time.")
    public List<@NonNull Member> getMembers() {
        return stack.members().stream().map(Member::new).toList();
    }

    @Description("How many assets it has in all.")
    public int getCount() {
        return stack.members().size() + 1;
    }

    @NonNull
    @Description("Why members lie in it, each reason once.")
    public List<@NonNull StackKind> getKinds() {
        return stack.members().stream()
                .map(Stack.Member::kind)
                .distinct()
                .sorted()
                .toList();
    }

    @Type("StackMember")
    @Description("An asset that lies beneath another one.")
    public static final class Member {
        private final Stack.Member member;

        Member(Stack.Member member) {
            this.member = member;
        }

        @NonNull
        public Asset getAsset() {
            return new Asset(member.item());
        }

        @NonNull
        @Description(
                "LIVE: the film of a live photo, beneath its still. RAW: a camera's raw file, beneath the picture of the same"
                        + " shot. HAND: somebody put it there.")
        public StackKind getKind() {
            return member.kind();
        }

        @Id
        @NonNull
        @Description(
                "Beneath which asset of the stack: the film of one that itself lies beneath the cover is that one's.")
        public String getOf() {
            return member.of().toString();
        }
    }
}
