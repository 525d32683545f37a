package dev.memoir.cli;

/** Whether a library's faces are looked for. */
enum FacesChoice {
    on,
    off
}
