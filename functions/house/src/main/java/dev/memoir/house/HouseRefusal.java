package dev.memoir.house;

/** Why something was not done for somebody; the message is for that person. */
public final class HouseRefusal extends RuntimeException {
    private final Reason reason;

    /** For programs. */
    public enum Reason {
        BAD_NAME,
        NAME_TAKEN,
        WEAK_PASSWORD,
        BAD_TICKET,
        BAD_PASSKEY,
        NO_PASSKEYS,
        UNKNOWN_USER,
        BAD_RIGHTS,
        BAD_KEY,
        UNKNOWN_KEY,
        LAST_ADMINISTRATOR
    }

    HouseRefusal(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public static HouseRefusal noPasskeys() {
        return new HouseRefusal(
                Reason.NO_PASSKEYS,
                "passkeys need HTTPS and a name: open this page by https:// and a name, or as localhost");
    }

    public Reason reason() {
        return reason;
    }
}
