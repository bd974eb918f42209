# Sourced by ./console and ./verify. Needs `root`, the repository's folder.

# require_jdk finds, or installs, a JDK of at least this release and sets JAVA_HOME. It reads each JDK's `release` file
# instead of starting its java.

wanted_release=25

jdk_release() {
  [ -x "$1/bin/javac" ] && [ -x "$1/bin/jlink" ] && [ -r "$1/release" ] || return 1
  while IFS='=' read -r jdk_key jdk_value; do
    if [ "$jdk_key" = JAVA_VERSION ]; then
      jdk_value=${jdk_value#\"}
      jdk_value=${jdk_value%%[!0-9]*}
      [ -n "$jdk_value" ] && [ "$jdk_value" -ge "$wanted_release" ] && return 0
      return 1
    fi
  done <"$1/release"
  return 1
}

resolve_link() {
  resolved=$1
  while [ -L "$resolved" ]; do
    link_target=$(readlink "$resolved")
    case $link_target in
      /*) resolved=$link_target ;;
      *) resolved=$(dirname "$resolved")/$link_target ;;
    esac
  done
}

use_jdk() {
  jdk_release "$1" || return 1
  JAVA_HOME=$1
  export JAVA_HOME
}

find_jdk() {
  [ -n "${JAVA_HOME:-}" ] && use_jdk "$JAVA_HOME" && return 0
  if javac_path=$(command -v javac 2>/dev/null); then
    resolve_link "$javac_path"
    use_jdk "$(cd "$(dirname "$resolved")/.." && pwd -P)" && return 0
  fi
  for candidate in /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /opt/*jdk* /opt/*java* \
    /opt/homebrew/opt/openjdk/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk/libexec/openjdk.jdk/Contents/Home \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    use_jdk "$candidate" && return 0
  done
  if [ -x /usr/libexec/java_home ]; then
    candidate=$(/usr/libexec/java_home -v "$wanted_release+" 2>/dev/null) && use_jdk "$candidate" && return 0
  fi
  return 1
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1; then
    if [ -t 0 ]; then sudo "$@"; else sudo -n "$@"; fi
  else
    return 1
  fi
}

install_jdk() {
  echo "No JDK $wanted_release found; trying the system's package manager." >&2
  if command -v apt-get >/dev/null 2>&1; then
    as_root apt-get update >&2 || true
    for package in openjdk-25-jdk temurin-25-jdk; do
      as_root apt-get install -y --no-install-recommends "$package" >&2 && return 0
    done
  elif command -v dnf >/dev/null 2>&1; then
    for package in java-25-openjdk-devel java-25-amazon-corretto-devel temurin-25-jdk; do
      as_root dnf install -y "$package" >&2 && return 0
    done
  elif command -v brew >/dev/null 2>&1; then
    brew install openjdk >&2 && return 0
  fi
  return 1
}

require_jdk() {
  find_jdk && return 0
  install_jdk && find_jdk && return 0
  cat >&2 <<EOF
Enclave Console needs a JDK of release $wanted_release or later, and none was found in JAVA_HOME, on the PATH or in the usual folders.
Install one, for example from https://adoptium.net/temurin/releases/?version=25 (package temurin-25-jdk),
with \`sudo dnf install java-25-amazon-corretto-devel\` on Amazon Linux or \`brew install openjdk\` on macOS,
or unpack one anywhere and set JAVA_HOME to its folder. Then try again.
EOF
  return 1
}

# choose_maven sets `maven` to the wrapper, or to the system's mvn where the wrapper cannot fetch Maven.
choose_maven() {
  if "$root/mvnw" -v >/dev/null 2>&1; then
    maven=$root/mvnw
  elif command -v mvn >/dev/null 2>&1; then
    maven=mvn
  else
    echo "The Maven wrapper could not fetch Maven, and there is no mvn on the PATH. Check the network, or install Maven." >&2
    return 1
  fi
}
