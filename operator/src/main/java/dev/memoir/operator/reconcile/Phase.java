package dev.memoir.operator.reconcile;

/** The phases in their order; each is a condition of the status. */
public enum Phase {
    /** What the cluster can do is enough for what is wished. */
    Capable,
    /** Secrets and keys are there. */
    Trusted,
    /** Managed store, queue and database serve. */
    Backed,
    /** The custodian has made roles, tables, buckets and streams. */
    SetUp,
    /** The functions' services route to a revision that works. */
    FunctionsReady,
    /** The runner lets people in and delivers events. */
    EdgeReady,
    /** Work on a schedule, and who may talk to whom, are arranged. */
    Arranged
}
