/** Whom a program's own connections believe. */
package dev.memoir.tls;
