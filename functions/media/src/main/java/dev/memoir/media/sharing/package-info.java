/** What people share with others who have no name here. */
package dev.memoir.media.sharing;
