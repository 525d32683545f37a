package dev.memoir.runner.local;

import dev.memoir.runner.Settings;
import dev.memoir.runner.processes.Ports;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;

/** The addresses that people see. */
public final class PublicPort {
    private static final Logger LOG = System.getLogger(PublicPort.class.getName());

    private PublicPort() {}

    /**
     * The port that was asked for, or the usual one, or any free one.
     *
     * @param option named in messages
     * @throws Settings.Mistake when the port that was asked for is taken
     */
    public static int choose(String host, Optional<Integer> asked, int usual, String option)
            throws IOException, Settings.Mistake {
        int wanted = asked.orElse(usual);
        if (wanted != 0 && Ports.isFree(host, wanted)) {
            return wanted;
        }
        if (asked.isPresent() && wanted != 0) {
            throw new Settings.Mistake("port " + wanted + " of " + host
                    + " is taken by another program (or the address isn't this machine's). Choose another with "
                    + option + " PORT.");
        }
        int free = Ports.free();
        if (wanted != 0) {
            LOG.log(Level.WARNING, "port {0} is taken; using {1} instead", Integer.toString(wanted), free + "");
        }
        return free;
    }

    /** As others reach this machine, when it listens on {@code host}. */
    public static String reachable(String host) throws SocketException {
        return isWildcard(host) ? ownAddress().orElse("127.0.0.1") : host;
    }

    /** As this machine reaches itself. */
    public static String local(String host) {
        return isWildcard(host) ? "127.0.0.1" : host;
    }

    private static boolean isWildcard(String host) {
        return host.equals("0.0.0.0") || host.equals("::") || host.isEmpty();
    }

    private static Optional<String> ownAddress() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet4Address.class::isInstance)
                .filter(address -> address.isSiteLocalAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
    }
}
