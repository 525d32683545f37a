/**
 * The model catalogue: each model is data – files with their SHA-256, licence, preparation of a picture, meaning of the
 * output. {@code convert.py} makes the files, {@code custodian setup} puts them in the bucket, the AI function runs them.
 */
package dev.memoir.models;
