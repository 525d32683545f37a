package dev.memoir.ai;

import dev.memoir.ai.cloud.CloudVision;
import java.util.Optional;

/**
 * The vision service that looks at pictures instead of the models here.
 *
 * @param service empty: the models here look
 */
public record Elsewhere(Optional<CloudVision> service) {}
