package dev.memoir.ai;

/** A service elsewhere is busy or lets nobody in: a delay and no failure, however long it lasts. Answered by 503. */
final class AskAgain extends RuntimeException {
    private static final long serialVersionUID = 1;

    AskAgain(String reason) {
        super(reason);
    }
}
