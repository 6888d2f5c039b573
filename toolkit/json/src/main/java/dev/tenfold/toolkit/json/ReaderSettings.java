package dev.tenfold.toolkit.json;

import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.util.Set;

/**
 * What all readers of one {@link Json} share.
 *
 * @param features the flags of Jackson's parser features
 */
record ReaderSettings(
    Limits limits,
    StreamReadConstraints constraints,
    int features,
    NameTable names,
    Set<String> internedMembers,
    ObjectCodec codec) {}
