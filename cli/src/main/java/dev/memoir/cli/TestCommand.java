package dev.memoir.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Named here so that the help lists it; the script {@code memoir} of a checkout does the work before this program exists. */
@Command(
        name = "test",
        description = {
            "Proves it: all tests of a checkout on real parts, and the end-to-end test that drives this command.",
            "Takes minutes, and gets the parts that are missing first.",
            "With --cluster, also the tests that need Kubernetes: on the cluster of KUBECONFIG, else on one that it starts."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./memoir test", "  ./memoir test --cluster"})
final class TestCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw Failure.cannot("The tests are in the checkout, not in the built programs.", "There, run: ./memoir test");
    }
}
