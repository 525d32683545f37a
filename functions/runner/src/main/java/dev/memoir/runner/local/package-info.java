/** All that is only true when everything runs on one machine: its folders, secrets, parts and jobs. */
package dev.memoir.runner.local;
