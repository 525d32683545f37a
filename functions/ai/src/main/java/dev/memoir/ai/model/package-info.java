/** Models at work: verified copies of their files, the device they run on, and one network for each. */
package dev.memoir.ai.model;
