package dev.tenfold.simnode;

import java.util.List;

/** An event. Its place in the block follows from the receipt that holds it. */
record Log(String address, List<String> topics, String data) {}
