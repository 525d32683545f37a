/**
 * The custodian: a job, not a server. It sets everything up, finds out by a sweep what events did not tell, and keeps the
 * database in order.
 */
package dev.memoir.custodian;
