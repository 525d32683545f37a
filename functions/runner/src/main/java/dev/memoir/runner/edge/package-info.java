/** Where people come in: who they are is checked before anything is woken for them. */
package dev.memoir.runner.edge;
