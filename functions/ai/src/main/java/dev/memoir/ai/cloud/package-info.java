/** Looks at pictures by a vision service elsewhere instead of the models here: one call's wire format, its pace and its budget. */
package dev.memoir.ai.cloud;
