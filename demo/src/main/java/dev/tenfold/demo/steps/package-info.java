/**
 * One small Web3 backend, seven times: as one writes it on a first day, and with one improvement
 * after the other from the toolkit. It is asked for something on the chain by one of its users; it
 * reads the question, asks its node, looks the user up in its database, notes down that the user
 * was here, and builds an answer. What it answers is the same at each step.
 *
 * <p>{@link dev.tenfold.demo.steps.Step} says what each step changes, {@link
 * dev.tenfold.demo.steps.Parts} does it. None of the steps is slowed down on purpose; each file has
 * the first-day way and the other one beside each other.
 */
@NullMarked
package dev.tenfold.demo.steps;

import org.jspecify.annotations.NullMarked;
