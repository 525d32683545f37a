/** Who may see and change what, as data: pure rules, which the catalog's row security decides by as well. */
package dev.memoir.media.access;
