/**
 * The API function: GraphQL over the library, as the bearer of the token sees it. The schema is made from these classes;
 * {@code schema.graphql} beside the pom is what it was when it was last looked at.
 */
package dev.memoir.api;
