/** The house login over HTTP. The edge lets through what it could check without asking anybody; the rest is checked here. */
package dev.memoir.api.login;
