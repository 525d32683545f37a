/** Child processes: started with a clean environment, recorded so that the next runner finds them, stopped in time. */
package dev.memoir.runner.processes;
