/**
 * Who is asking: bearer tokens (JWT, RFC 7519) made by the house itself or by any OIDC issuer, and what they say as
 * {@link dev.memoir.media.Claims}.
 */
package dev.memoir.identity;
