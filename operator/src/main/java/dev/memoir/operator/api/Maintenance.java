package dev.memoir.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;

/** Jobs of the custodian. Schedules are those of CronJobs; an empty one means never. */
public record Maintenance(
        @JsonPropertyDescription("When bucket and catalogue are compared, and what was missed is made up for.")
        @Default("30 3 * * *")
        @Pattern(CRON)
        String sweep,

        @JsonPropertyDescription("When the bytes of originals are read and compared with their hashes.")
        @Default("")
        @Pattern(CRON)
        String verify,

        @JsonPropertyDescription("When the catalogue is written to the bucket, so that it needn't be made again.")
        @Default("")
        @Pattern(CRON)
        String snapshot,

        @JsonPropertyDescription("When all faces are gathered into people anew; only with people.faces: true.")
        @Default("0 4 * * *")
        @Pattern(CRON)
        String grouping,

        @JsonPropertyDescription("The time zone of the schedules.") @Default("Etc/UTC")
        String timeZone) {

    private static final String CRON = "^$|^(@(hourly|daily|weekly|monthly)|[^ ]+( [^ ]+){4})$";
}
