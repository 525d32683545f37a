/**
 * What a person writes to have a Memoir in a cluster, and what the cluster says of it: {@code memoir.dev/v1alpha1}. These types
 * are the source of {@code crds/}; their descriptions are the reference that {@code kubectl explain} shows.
 */
package dev.memoir.operator.api;
