package dev.memoir.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.gateway.AwsApiGateway;
import dev.memoir.gateway.EdgeLimits;
import dev.memoir.gateway.Gate;
import dev.memoir.gateway.KrakenD;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "gateway",
        description = {
            "Makes the configuration of a gateway that stands before Memoir and checks who asks, and how often.",
            "It is printed; Memoir need not run. Which options there are: memoir gateway GATEWAY --help."
        },
        synopsisSubcommandLabel = "GATEWAY",
        commandListHeading = "%nGateways:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  memoir gateway krakend --edge http://127.0.0.1:7700 \\",
            "       --issuer https://id.example.org/realms/home --audience photos > krakend.json",
            "  memoir gateway aws --edge https://edge.example.org --issuer https://id.example.org \\",
            "       --audience photos --origin https://photos.example.org > api.json"
        })
final class GatewayCommand implements Callable<Integer> {
    @ParentCommand
    private Memoir memoir;

    @Spec
    private CommandSpec spec;

    /** What every gateway must be told. */
    static final class Wish {
        @Option(names = "--edge", required = true, paramLabel = "URL", description = "Where the gateway finds Memoir.")
        private String edge;

        @Option(names = "--issuer", required = true, paramLabel = "URL", description = "As its tokens say it.")
        private String issuer;

        @Option(
                names = "--audience",
                required = true,
                paramLabel = "NAME",
                description = "What its tokens must be for.")
        private String audience;

        @Option(
                names = "--origin",
                paramLabel = "URL",
                description = "From where pages elsewhere may ask. Once for each.")
        private List<String> origins = List.of();
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(memoir.terminal().err());
        return ExitCodes.CANNOT;
    }

    @Command(
            name = "krakend",
            description = {
                "For KrakenD's Community Edition: token, requests of each person, origins.",
                "It can't limit bodies, nor requests before it has looked at the token: Memoir's edge behind it does."
            })
    int krakend(
            @Mixin Wish wish,
            @Option(
                            names = "--keys",
                            paramLabel = "URL|FILE",
                            description = "The issuer's public keys (JWKS); a file lies where KrakenD runs."
                                    + " Default: as its discovery says.")
                    String keys,
            @Option(
                            names = "--algorithm",
                            paramLabel = "NAME",
                            description = "RS256 or ES256. Default: as its first key that signs.")
                    String algorithm,
            @Option(
                            names = "--subject",
                            paramLabel = "CLAIM",
                            defaultValue = "sub",
                            description = "The claim that says who it is. Default: ${DEFAULT-VALUE}.")
                    String subject,
            @Option(
                            names = "--group",
                            paramLabel = "NAME",
                            description = "Let only its members in. Once for each that will do.")
                    List<String> groups,
            @Option(
                            names = "--groups",
                            paramLabel = "CLAIM",
                            defaultValue = "groups",
                            description = "The claim that says in which groups. Default: ${DEFAULT-VALUE}.")
                    String memberships,
            @Option(
                            names = "--rate",
                            paramLabel = "N",
                            description = "Requests per second of one person. Default: as the edge.")
                    Integer rate,
            @Option(names = "--burst", paramLabel = "N", description = "How many at once. Default: as the edge.")
                    Integer burst) {
        IssuerDiscovery.Found found = IssuerDiscovery.of(wish.issuer, keys, algorithm);
        Gate gate = gate(
                wish,
                new Gate.Issuer(wish.issuer, wish.audience, found.keys(), found.algorithm(), subject, memberships),
                groups == null ? List.of() : groups,
                new EdgeLimits.Rate(
                        positive("--rate", rate, EdgeLimits.PER_SUBJECT.perSecond()),
                        positive("--burst", burst, EdgeLimits.PER_SUBJECT.burst())));
        return print(KrakenD::configuration, gate);
    }

    @Command(
            name = "aws",
            description = {
                "For an HTTP API of Amazon API Gateway: an OpenAPI document with a JWT authorizer, for",
                "aws apigatewayv2 import-api. How often somebody may ask is a setting of its stage."
            })
    int aws(@Mixin Wish wish) {
        if (!wish.edge.startsWith("https://") || !wish.issuer.startsWith("https://")) {
            throw Failure.cannot(
                    "API Gateway reaches Memoir and the issuer over the internet: both need https://.",
                    "Give --edge and --issuer as it can reach them.");
        }
        // API Gateway looks for the keys, and how they sign, itself.
        Gate.Issuer issuer = new Gate.Issuer(wish.issuer, wish.audience, "", "", "", "");
        return print(AwsApiGateway::definition, gate(wish, issuer, List.of(), EdgeLimits.PER_SUBJECT));
    }

    private static int positive(String option, Integer given, int usual) {
        if (given != null && given < 1) {
            throw Failure.cannot(option + " " + given + " lets nobody in.", "Give 1 or more.");
        }
        return given == null ? usual : given;
    }

    private int print(Function<Gate, ObjectNode> configuration, Gate gate) {
        try {
            memoir.terminal().print(Json.pretty(configuration.apply(gate)));
        } catch (IllegalArgumentException e) {
            throw Failure.cannot(e.getMessage(), "docs/gateways.md says what a gateway can be told.");
        }
        return ExitCodes.OK;
    }

    private static Gate gate(Wish wish, Gate.Issuer issuer, List<String> groups, EdgeLimits.Rate rate) {
        return new Gate(
                withoutSlash(address(wish.edge, "--edge")),
                issuer,
                groups,
                wish.origins.stream()
                        .map(origin -> withoutSlash(address(origin, "--origin")))
                        .toList(),
                rate);
    }

    private static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    private static String address(String text, String option) {
        if (!text.matches("https?://[^/?#]+/?")) {
            throw Failure.cannot(
                    option + " " + text + " is no address without a path.",
                    "Give one such as https://edge.example.org.");
        }
        return text;
    }
}
