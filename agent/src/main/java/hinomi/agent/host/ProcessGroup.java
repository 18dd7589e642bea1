package hinomi.agent.host;

import java.util.regex.Pattern;

/// Processes that are watched under one name.
///
/// @param name value of the label `groupname`
/// @param pattern found anywhere in a process' command line
public record ProcessGroup(String name, Pattern pattern) {}
