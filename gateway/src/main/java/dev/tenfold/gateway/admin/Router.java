package dev.tenfold.gateway.admin;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which method and path lead to what. A template is words and at most one {@code {id}}; a verb
 * behind a colon belongs to the last part, as in {@code /v1/users:batch}.
 */
final class Router {
  private static final String ID = "{id}";

  private final List<Route> routes;

  /** What a route does; may block. */
  @FunctionalInterface
  interface Action {
    Reply run(Ask ask) throws IOException;
  }

  /**
   * One route.
   *
   * @param mostBytes the largest body
   */
  record Route(String method, String template, long mostBytes, Action action) {
    /**
     * What stands for the id in a path; empty if the template has none; null if it does not fit.
     */
    @Nullable String match(String path) {
      int open = template.indexOf(ID);
      if (open < 0) {
        return path.equals(template) ? "" : null;
      }
      String before = template.substring(0, open);
      String after = template.substring(open + ID.length());
      if (path.length() <= before.length() + after.length()
          || !path.startsWith(before)
          || !path.endsWith(after)) {
        return null;
      }
      String id = path.substring(before.length(), path.length() - after.length());
      return id.contains("/") ? null : id;
    }
  }

  Router(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  List<Route> routes() {
    return routes;
  }

  /** The route for a request; null if no route has both. */
  @Nullable Route find(String method, String path) {
    for (Route route : routes) {
      if (route.method().equals(method) && route.match(path) != null) {
        return route;
      }
    }
    return null;
  }

  /** The methods that a path has; empty if there is no such path. */
  List<String> methods(String path) {
    return routes.stream()
        .filter(route -> route.match(path) != null)
        .map(Route::method)
        .distinct()
        .toList();
  }
}
