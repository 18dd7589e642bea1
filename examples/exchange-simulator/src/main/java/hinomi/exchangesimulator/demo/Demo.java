package hinomi.exchangesimulator.demo;

import java.util.Map;

public final class Demo {
  private Demo() {}

  public static int run(Map<String, String> options) {
    return options.size();
  }
}
