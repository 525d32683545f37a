package dev.memoir.api;

import dev.memoir.media.Scope;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.eclipse.microprofile.graphql.Mutation;

/** Whoever bears a token or a key for reading changes nothing. */
@Answers
@Interceptor
@Priority(Interceptor.Priority.APPLICATION + 1)
class Scopes {
    private final Bearer bearer;

    @Inject
    Scopes(Bearer bearer) {
        this.bearer = bearer;
    }

    @AroundInvoke
    Object within(InvocationContext call) throws Exception {
        if (call.getMethod().isAnnotationPresent(Mutation.class)
                && bearer.caller().scope() == Scope.READ) {
            throw new Problem.InsufficientScope("This token or key is for reading: "
                    + call.getMethod().getName() + " needs one with the scope write.");
        }
        return call.proceed();
    }
}
