package dev.tenfold.toolkit.json;

import com.fasterxml.jackson.core.ObjectCodec;

/**
 * What all writers of one {@link Json} share.
 *
 * @param features the flags of Jackson's generator features
 */
record WriterSettings(Limits limits, int features, ObjectCodec codec) {}
