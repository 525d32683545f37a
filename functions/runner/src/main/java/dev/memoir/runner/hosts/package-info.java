/** Where functions run: processes of this machine that are started when needed, or addresses that somebody else serves. */
package dev.memoir.runner.hosts;
