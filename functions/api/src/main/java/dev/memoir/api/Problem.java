package dev.memoir.api;

import io.smallrye.graphql.api.ErrorCode;

/** Why a question was not answered: a message for people and {@code extensions.code} for programs. */
public abstract sealed class Problem extends RuntimeException {
    private Problem(String message, Throwable cause) {
        super(message, cause);
    }

    /** Something in the request can't be right; the same request will fail again. */
    @ErrorCode("BAD_INPUT")
    public static final class BadInput extends Problem {
        public BadInput(String message) {
            super(message, null);
        }
    }

    /** There is none, or the caller may not see it. */
    @ErrorCode("NOT_FOUND")
    public static final class NotFound extends Problem {
        public NotFound(String message) {
            super(message, null);
        }
    }

    /** The caller may see it and not change it. */
    @ErrorCode("NOT_ALLOWED")
    public static final class NotAllowed extends Problem {
        public NotAllowed(String message) {
            super(message, null);
        }
    }

    /** The caller's token or key is for reading alone. */
    @ErrorCode("INSUFFICIENT_SCOPE")
    public static final class InsufficientScope extends Problem {
        public InsufficientScope(String message) {
            super(message, null);
        }
    }

    /** The caller would keep more than they may. */
    @ErrorCode("QUOTA_EXCEEDED")
    public static final class QuotaExceeded extends Problem {
        public QuotaExceeded(String message) {
            super(message, null);
        }
    }

    /** This installation lacks what the question needs; somebody would have to install it first. */
    @ErrorCode("NOT_INSTALLED")
    public static final class NotInstalled extends Problem {
        public NotInstalled(String message) {
            super(message, null);
        }
    }

    /** The query asks for too much at once. */
    @ErrorCode("TOO_COSTLY")
    public static final class TooCostly extends Problem {
        public TooCostly(String message) {
            super(message, null);
        }
    }

    /** The database, the store or the queue is away; trying again later may help. */
    @ErrorCode("UNAVAILABLE")
    public static final class Unavailable extends Problem {
        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A fault of ours. Its cause is in the log and not in the answer. */
    @ErrorCode("INTERNAL")
    public static final class Internal extends Problem {
        public Internal(Throwable cause) {
            super("Something went wrong on our side. It is in the log of the api function.", cause);
        }
    }
}
