/** Brings the cluster to what is desired, in a readable order, and says how far it is. */
package dev.memoir.operator.reconcile;
