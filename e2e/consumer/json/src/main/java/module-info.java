module consumer.json {
  requires dev.tenfold.toolkit.json;

  // Jackson reads the record by reflection.
  opens consumer.json to
      com.fasterxml.jackson.databind;
}
