package dev.memoir.api;

import graphql.ErrorType;
import graphql.ExceptionWhileDataFetching;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.analysis.FieldComplexityEnvironment;
import graphql.analysis.MaxQueryComplexityInstrumentation;
import graphql.analysis.MaxQueryDepthInstrumentation;
import graphql.execution.ResultPath;
import graphql.execution.instrumentation.ChainedInstrumentation;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;
import graphql.language.SourceLocation;
import graphql.schema.GraphQLNamedType;
import io.smallrye.graphql.spi.EventingService;
import jakarta.json.bind.JsonbException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What one request may ask for. A field costs 1 and what is below it; a list of assets costs that as often as it may have
 * entries, so {@code assets(first: 500)} with 30 fields costs about 15,000, and that of a stack's members 20 times. What searches, or goes to the store, costs
 * {@link #SEARCH} besides, so that aliases can't repeat it without end. GraphQL's own refusals get our codes, too.
 */
public final class Limits implements EventingService {
    static final int MOST_COST = 25_000;

    private static final int SEARCH = 500;

    /** As many as a stack often has; so that stacks of stacks' members can't be asked for without end. */
    private static final int STACKED = 20;

    /** Read one by one, and long. */
    private static final int RAW_TAGS = 20;

    /** A client's introspection query is 13 deep. */
    static final int MOST_DEPTH = 15;

    @Override
    public String getConfigKey() {
        return null;
    }

    @Override
    public GraphQL.Builder beforeGraphQLBuild(GraphQL.Builder builder) {
        return builder.instrumentation(new ChainedInstrumentation(List.of(
                new Codes(),
                new MaxQueryDepthInstrumentation(MOST_DEPTH),
                new MaxQueryComplexityInstrumentation(MOST_COST, Limits::cost))));
    }

    private static int cost(FieldComplexityEnvironment field, int below) {
        Object first = field.getArguments().get("first");
        int times = first instanceof Integer entries
                ? Math.clamp(entries, 1, AssetQueries.MOST_AT_ONCE)
                : field.getField().getName().equals("members") ? STACKED : 1;
        return (int) Math.min(Integer.MAX_VALUE / 4, own(field) + (long) below * times);
    }

    private static int own(FieldComplexityEnvironment field) {
        return switch (field.getParentType() instanceof GraphQLNamedType type ? type.getName() : "") {
            case "Query" -> field.getField().getName().equals("asset") ? SEARCH / 10 : SEARCH;
            case "Mutation" -> SEARCH;
            // Looked up one person or face at a time.
            case "Person" -> field.getField().getName().equals("assets") ? SEARCH : 1;
            case "Album" -> field.getField().getName().equals("assets") ? SEARCH / 10 : 1;
            case "Face" -> field.getField().getName().equals("asset") ? RAW_TAGS : 1;
            default -> field.getField().getName().equals("rawTags") ? RAW_TAGS : 1;
        };
    }

    /** Gives errors that no resolver raised a code and a form in which it is written. */
    private static final class Codes extends SimplePerformantInstrumentation {
        @Override
        public CompletableFuture<ExecutionResult> instrumentExecutionResult(
                ExecutionResult result, InstrumentationExecutionParameters parameters, InstrumentationState state) {
            boolean told = result.getErrors().stream().anyMatch(error -> !isConsequence(error));
            List<GraphQLError> coded = result.getErrors().stream()
                    .filter(error -> !(told && isConsequence(error)))
                    .map(Codes::coded)
                    .toList();
            return CompletableFuture.completedFuture(result.transform(changed -> changed.errors(coded)));
        }

        /** That nothing is where something must be, which another error has told the reason of. */
        private static boolean isConsequence(GraphQLError error) {
            return error.getErrorType() == ErrorType.NullValueInNonNullableField;
        }

        private static GraphQLError coded(GraphQLError error) {
            if (error instanceof ExceptionWhileDataFetching raised) {
                return raised.getException() instanceof JsonbException
                        ? new Refused(
                                error,
                                new Problem.BadInput(
                                        "An argument can't be read. Check its numbers: are they in range?"))
                        : error;
            }
            return error.getErrorType() == ErrorType.ExecutionAborted
                    ? new Refused(
                            error,
                            new Problem.TooCostly("The query asks for too much at once (" + error.getMessage()
                                    + "): ask for fewer fields, levels or entries."))
                    : new Refused(error, new Problem.BadInput(error.getMessage()));
        }
    }

    /** A refusal in the shape whose codes are written into answers. */
    private static final class Refused extends ExceptionWhileDataFetching {
        private Refused(GraphQLError error, Problem problem) {
            super(ResultPath.rootPath(), problem, location(error));
        }

        @Override
        public String getMessage() {
            return getException().getMessage();
        }

        private static SourceLocation location(GraphQLError error) {
            List<SourceLocation> locations = error.getLocations();
            return locations == null || locations.isEmpty() ? SourceLocation.EMPTY : locations.getFirst();
        }
    }
}
