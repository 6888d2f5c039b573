module consumer.httpclient {
  requires dev.tenfold.toolkit.httpclient;
  requires jdk.httpserver;
}
