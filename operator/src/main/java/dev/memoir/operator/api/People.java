package dev.memoir.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** What the family wants learnt of the people in its photos. */
public record People(
        @JsonPropertyDescription(
                "Whether faces are looked for and gathered into people; false erases what was learnt. Each"
                        + " change of it is carried out once: what somebody decides by the custodian's command later stands until"
                        + " the next change. Left out, nothing is decided here.")
        Boolean faces) {}
