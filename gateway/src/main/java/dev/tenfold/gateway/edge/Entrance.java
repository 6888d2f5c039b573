package dev.tenfold.gateway.edge;

import dev.tenfold.gateway.access.Admission;
import dev.tenfold.gateway.access.Networks;

/**
 * Who is let in.
 *
 * @param admission decides it
 * @param trustedProxies whose {@code X-Forwarded-For} is believed
 */
public record Entrance(Admission admission, Networks trustedProxies) {}
