package hinomi.web;

/// Answers one request. Runs on a thread of its own: it may block, lock and throw. A
/// [hinomi.model.Failure] becomes its HTTP status, anything else a 500.
@FunctionalInterface
public interface Endpoint {
  Reply answer(Request request) throws Exception;
}
