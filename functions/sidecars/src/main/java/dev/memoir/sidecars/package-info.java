/** What people say of their pictures, as XMP beside the originals. */
package dev.memoir.sidecars;
