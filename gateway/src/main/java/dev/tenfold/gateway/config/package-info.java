/**
 * The configuration: records that refuse what is wrong and never repair it, and their form in YAML.
 * {@code docs/configuration.md} explains each key.
 */
@NullMarked
package dev.tenfold.gateway.config;

import org.jspecify.annotations.NullMarked;
