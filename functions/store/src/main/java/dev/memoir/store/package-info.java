/** The media store: buckets, keys and signed addresses. S3 by the MinIO SDK with an HTTP client of our own. */
package dev.memoir.store;
