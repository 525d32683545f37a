package dev.memoir.custodian;

/** A person can mend this; the message says how. */
final class Mistake extends RuntimeException {
    Mistake(String message) {
        super(message);
    }
}
