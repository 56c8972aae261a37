# Sourced by ./mvnw and ./cyto. Sets JAVA_HOME to a JDK 25 or newer, or says what to install and ends.
# Looks at JAVA_HOME, then at the java on the PATH, then at the folders where JDKs are usually put.

CYTO_JDK=25

cyto_jdk_version() { # prints the feature version of the JDK in $1, or nothing
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9][0-9]*\).*/\1/p' "$1/release"
}

cyto_find_jdk() {
  local candidate version java
  java=$(command -v java 2>/dev/null) && java=$(readlink -f "$java" 2>/dev/null || echo "$java")
  for candidate in "${JAVA_HOME:-}" "${java%/bin/java}" \
    /usr/lib/jvm/* /usr/java/* /opt/jdk* /opt/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -n "$candidate" ] || continue
    version=$(cyto_jdk_version "$candidate")
    if [ -n "$version" ] && [ "$version" -ge "$CYTO_JDK" ]; then
      export JAVA_HOME="$candidate"
      return 0
    fi
  done
  cat >&2 <<EOF
Cytoplane needs a JDK $CYTO_JDK or newer, and none was found.
Looked at JAVA_HOME (${JAVA_HOME:-not set}), the java on the PATH (${java:-none}), /usr/lib/jvm, /opt, SDKMAN and the macOS folders.
Install one (Debian and Ubuntu: temurin-$CYTO_JDK-jdk or openjdk-$CYTO_JDK-jdk; macOS: brew install openjdk@$CYTO_JDK; SDKMAN: sdk install java $CYTO_JDK-tem),
or set JAVA_HOME to a JDK $CYTO_JDK that is already there.
EOF
  exit 1
}

cyto_find_jdk
