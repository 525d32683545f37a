/**
 * What must be in the cluster for an instance: functions from a {@link dev.memoir.operator.api.MemoirInstance} and what is
 * {@link dev.memoir.operator.desired.Given} to objects of Kubernetes. Nothing here asks anybody or knows what time it is.
 */
package dev.memoir.operator.desired;
