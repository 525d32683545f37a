/** What the person at this machine may ask and order: for the command line, on a loopback port, with a token. */
package dev.memoir.runner.admin;
