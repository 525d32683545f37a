package dev.memoir.api;

import dev.memoir.store.KeyRefusedException;
import dev.memoir.store.StoreException;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/** Turns what went wrong inside into what the caller is told. */
@Answers
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
class Failures {
    private static final Logger LOG = Logger.getLogger(Failures.class);

    @AroundInvoke
    Object told(InvocationContext call) throws Exception {
        try {
            return call.proceed();
        } catch (Problem problem) {
            throw problem;
        } catch (KeyRefusedException refused) {
            throw new Problem.BadInput(refused.getMessage());
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "%s failed", call.getMethod().getName());
            throw problem(failure);
        }
    }

    private static Problem problem(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && isAway(sql)) {
                return new Problem.Unavailable("The database does not answer. Try again in a moment.", failure);
            }
            if (cause instanceof StoreException) {
                return new Problem.Unavailable("The media store does not answer. Try again in a moment.", failure);
            }
        }
        return new Problem.Internal(failure);
    }

    /** Connection failures, a server that shuts down or starts, too many connections (SQLSTATE classes 08, 57, 53). */
    private static boolean isAway(SQLException failure) {
        String state = failure.getSQLState();
        return state == null || state.startsWith("08") || state.startsWith("57") || state.startsWith("53");
    }
}
