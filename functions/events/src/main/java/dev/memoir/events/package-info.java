/** Memoir's CloudEvents: what every store's notification becomes, and how they travel through JetStream. */
package dev.memoir.events;
