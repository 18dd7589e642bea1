package hinomi.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SourceRulesTest {
  private static final int MAX_CLASS_LINES = 400;
  private static final int MAX_METHOD_LINES = 70;
  private static final int MAX_PARAMETERS = 5;

  @Test
  void theFormatterHasNothingToChange() {
    boolean write = !System.getProperty("format", "no").equals("no");
    Queue<String> unformatted = new ConcurrentLinkedQueue<>();
    Sources.java().parallelStream()
        .forEach(file -> {
          try {
            String source = Files.readString(file);
            String formatted = format(source);
            if (formatted.equals(source)) {
              return;
            }
            if (write) {
              Files.writeString(file, formatted);
            } else {
              unformatted.add(Sources.top().relativize(file).toString());
            }
          } catch (IOException | FormatterException e) {
            unformatted.add(file + ": " + e.getMessage());
          }
        });
    assertThat(unformatted).as("run: mvn -pl architecture-tests test -Dformat").isEmpty();
  }

  private static String format(String source) throws FormatterException {
    String ordered =
        ImportOrderer.reorderImports(
            RemoveUnusedImports.removeUnusedImports(source), JavaFormatterOptions.Style.GOOGLE);
    return new Formatter().formatSource(ordered);
  }

  @Test
  void sizesStayReadableAndPublicTypesAreExplained() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Queue<String> complaints = new ConcurrentLinkedQueue<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("--release", "25", "-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(Sources.java()));
      DocTrees trees = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Rules(trees, unit, complaints).scan(unit, null);
      }
    }
    assertThat(complaints).isEmpty();
  }

  private static final class Rules extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final DocTrees trees;
    private final CompilationUnitTree unit;
    private final Queue<String> complaints;
    private final String file;
    private final boolean main;

    Rules(DocTrees trees, CompilationUnitTree unit, Queue<String> complaints) {
      this.trees = trees;
      this.unit = unit;
      this.complaints = complaints;
      Path path = Path.of(unit.getSourceFile().toUri());
      this.file = Sources.top().relativize(path).toString();
      this.main = file.contains("src/main/");
    }

    private int lines(Tree tree) {
      long start = trees.getSourcePositions().getStartPosition(unit, tree);
      long end = trees.getSourcePositions().getEndPosition(unit, tree);
      return (int)
          (unit.getLineMap().getLineNumber(end) - unit.getLineMap().getLineNumber(start) + 1);
    }

    private void complain(Tree at, String text) {
      long start = trees.getSourcePositions().getStartPosition(unit, at);
      complaints.add(file + ":" + unit.getLineMap().getLineNumber(start) + ": " + text);
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
      int lines = lines(type);
      if (lines > MAX_CLASS_LINES) {
        complain(type, type.getSimpleName() + " has " + lines + " lines");
      }
      TreePath path = getCurrentPath();
      if (main
          && type.getModifiers().getFlags().contains(Modifier.PUBLIC)
          && trees.getDocComment(path) == null) {
        complain(type, "public " + type.getSimpleName() + " has no doc comment");
      }
      return super.visitClass(type, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
      int lines = lines(method);
      if (lines > MAX_METHOD_LINES) {
        complain(method, method.getName() + " has " + lines + " lines");
      }
      if (main && method.getParameters().size() > MAX_PARAMETERS && !ofRecord()) {
        complain(
            method, method.getName() + " has " + method.getParameters().size() + " parameters");
      }
      return super.visitMethod(method, null);
    }

    private boolean ofRecord() {
      Tree parent = getCurrentPath().getParentPath().getLeaf();
      return parent.getKind() == Tree.Kind.RECORD;
    }
  }
}
